// Made from the type Facts in src/planner/model/facts.ts by `npm run generate`. Do not edit.
// <stdin>
var validate = validate10, stdin_default = validate10, schema11 = { $schema: "http://json-schema.org/draft-07/schema#", type: "object", properties: { formatVersion: { type: "string", description: "`1.0`. Ignore unknown properties, refuse an unknown major." }, basis: { type: "string", enum: ["observed", "recorded", "none"], description: "`observed` just now, `recorded` in a file, or `none`: the spec alone." }, observedAt: { type: "string", description: "ISO 8601, UTC. The planner's only idea of now." }, machine: { type: "object", properties: { hostname: { type: "string" }, user: { type: "string" } }, required: ["hostname", "user"] }, hosts: { type: "object", additionalProperties: { $ref: "#/definitions/HostFacts" }, description: "By host id (`Volume.host`)." }, volumes: { type: "object", additionalProperties: { $ref: "#/definitions/VolumeFacts" }, description: "By volume name. A volume that is missing here was not asked about." }, endpoints: { type: "object", additionalProperties: { $ref: "#/definitions/EndpointFacts" }, description: "By endpoint key (`usb:photos`). Only endpoints of volumes whose directory is there." }, filterFiles: { type: "object", additionalProperties: { anyOf: [{ type: "array", items: { type: "string" } }, { type: "null" }] }, description: "Rules of filter files by path as written in the spec; null when a file could not be read." }, history: { type: "object", additionalProperties: { $ref: "#/definitions/SyncHistory" }, description: "What earlier runs of this spec recorded, by sync." }, previews: { type: "object", additionalProperties: { $ref: "#/definitions/TransferPreview" }, description: "What a dry run of a transfer reported, by sync." }, prunable: { type: "object", additionalProperties: { $ref: "#/definitions/Prunable" }, description: "What removing snapshots would give back, by sync; counted with the dry runs." }, answers: { type: "object", additionalProperties: { type: "object", additionalProperties: { type: "object", additionalProperties: { $ref: "#/definitions/ExecutorAnswer" } } }, description: "Answers to what executors have asked, by executor, sync and question." } }, required: ["formatVersion", "basis", "observedAt", "machine", "hosts", "volumes", "endpoints", "filterFiles", "history", "previews"], description: "What was observed of the world. Plain data: it can be written to a file and planned from elsewhere. Paths and names are strings in which a byte that is not UTF-8 has become U+FFFD; such a path is never used for a write.", definitions: { HostFacts: { anyOf: [{ type: "object", properties: { reachable: { type: "boolean", const: !1 }, reason: { type: "string" }, route: { $ref: "#/definitions/HostRoute" } }, required: ["reachable", "reason"] }, { type: "object", properties: { reachable: { type: "boolean", const: !0 }, route: { $ref: "#/definitions/HostRoute" }, os: { type: "string", enum: ["linux", "darwin", "other"] }, home: { type: "string", description: "Home of the user there, absolute." }, user: { type: "string" }, uid: { type: "number" }, rsync: { anyOf: [{ $ref: "#/definitions/RsyncFacts" }, { type: "null" }] }, btrfs: { type: "boolean" }, flock: { type: "boolean" }, clockSkew: { type: "number", description: "Seconds that its clock is ahead of this machine's, behind if negative. Absent for this machine." }, udisks: { type: "boolean", description: "`udisksctl` is there. Absent where nobody asked." }, conditions: { $ref: "#/definitions/ConditionFacts", description: "Absent where nobody asked." } }, required: ["reachable", "os", "home", "user", "uid", "rsync", "btrfs", "flock"] }] }, HostRoute: { type: "object", properties: { endpoint: { type: ["string", "null"], description: "The SSH endpoint that answered and is used; null when none did." }, passedOver: { type: "array", items: { $ref: "#/definitions/PassedOver" }, description: "The endpoints that were wanted more, or all, in order." }, excluded: { type: "array", items: { type: "string" }, description: "The endpoints that `--exclude-location` took away." } }, required: ["endpoint", "passedOver", "excluded"], description: "How a server was reached, or why not. Absent for this machine." }, PassedOver: { type: "object", properties: { endpoint: { type: "string" }, problem: { anyOf: [{ $ref: "#/definitions/ConnectionProblem" }, { type: "null" }], description: "Null when it had not answered yet when another had." } }, required: ["endpoint", "problem"] }, ConnectionProblem: { type: "object", properties: { code: { type: "string", description: "Of a finding." }, message: { type: "string" }, help: { type: "string" }, short: { type: "string", description: "The message in a few words, for a list of what was tried." } }, required: ["code", "message", "help", "short"], description: "Why an endpoint was not reached." }, RsyncFacts: { type: "object", properties: { kind: { type: "string", enum: ["rsync", "openrsync", "unknown"] }, version: { type: "string", description: "`3.2.7`; empty when it was not understood." } }, required: ["kind", "version"] }, ConditionFacts: { type: "object", properties: { onBattery: { type: ["boolean", "null"] }, metered: { type: ["boolean", "null"], description: "What NetworkManager takes the network for." } }, required: ["onBattery", "metered"], description: "What may be a reason to wait; null where the machine cannot say." }, VolumeFacts: { type: "object", properties: { path: { type: ["string", "null"], description: "Absolute, `~` expanded; null when the drive is not mounted and so the path is not known." }, directory: { anyOf: [{ $ref: "#/definitions/DirectoryFacts" }, { type: "null" }], description: "Null when there is no directory at `path`." }, sentinel: { type: "boolean", description: "`.nbkp-vol` is there." }, unmountedFstabTarget: { type: ["string", "null"], description: "The mount point in fstab that holds `path` although nothing is mounted there." }, drive: { $ref: "#/definitions/DriveFacts", description: "The drive of a volume with `mount`, as far as the host can say." } }, required: ["path", "directory", "sentinel", "unmountedFstabTarget"] }, DirectoryFacts: { type: "object", properties: { realPath: { type: "string", description: "Absolute, without symlinks." }, device: { type: "string", description: "`st_dev` in decimal. Changes when a drive is plugged in again." }, inode: { type: "string", description: "`st_ino` in decimal." }, writable: { type: "boolean" }, empty: { type: "boolean", description: "No entries besides those whose names begin with `.nbkp-`." }, subvolume: { type: "boolean", description: "The root of a btrfs subvolume." }, mount: { anyOf: [{ $ref: "#/definitions/MountFacts" }, { type: "null" }], description: "Null when the directory's file system is not in the mount table." }, freeBytes: { type: "number", description: "Bytes that this user can still write." }, totalBytes: { type: "number" }, freeInodes: { type: ["number", "null"], description: "Null when the file system does not count them (btrfs)." } }, required: ["realPath", "device", "inode", "writable", "empty", "subvolume", "mount", "freeBytes", "totalBytes", "freeInodes"] }, MountFacts: { type: "object", properties: { target: { type: "string" }, source: { type: "string" }, fsType: { type: "string" }, uuid: { type: ["string", "null"], description: "Null when not known, for example for tmpfs." }, options: { type: "array", items: { type: "string" } } }, required: ["target", "source", "fsType", "uuid", "options"], description: "The mount that holds a directory." }, DriveFacts: { type: "object", properties: { devices: { type: "array", items: { $ref: "#/definitions/BlockDevice" }, description: "Those with the UUID of the spec. None: it is not plugged in. Several: they cannot be told apart." }, cleartext: { anyOf: [{ $ref: "#/definitions/BlockDevice" }, { type: "null" }], description: "What an unlocked LUKS container shows; null while it is locked, and for a device that is no container." }, namesake: { anyOf: [{ $ref: "#/definitions/BlockDevice" }, { type: "null" }], description: "When no device has the UUID: the one whose partition table entry has it (PARTUUID)." }, opened: { $ref: "#/definitions/OpenedDrive", description: "What nbkp has opened of it and not closed again. From the store, as history is; absent when nothing." } }, required: ["devices", "cleartext", "namesake"] }, BlockDevice: { type: "object", properties: { path: { type: "string", description: "`/dev/sda1`." }, type: { type: "string", description: "`disk`, `part`, `crypt`, `loop`, …" }, fsType: { type: "string", description: "`crypto_LUKS`, `ext4`, …" }, uuid: { type: "string" }, label: { type: "string" }, readOnly: { type: "boolean" }, sequence: { type: "string", description: "Another one each time that a drive is plugged in or unlocked. Absent where the kernel does not count (before 5.15)." } }, required: ["path", "type", "fsType", "uuid", "label", "readOnly"], description: "A line of lsblk(8). What it does not know is empty." }, OpenedDrive: { type: "object", properties: { run: { type: "string" }, unlockedAt: { type: ["string", "null"] }, mountedAt: { type: ["string", "null"] }, kept: { type: "boolean", description: "It stays open until somebody closes it by hand." }, users: { type: "array", items: { type: "string" }, description: "The runs that use it at this moment." } }, required: ["run", "unlockedAt", "mountedAt", "kept", "users"], description: "A drive that a run has unlocked or mounted. Times are ISO 8601, UTC; null for what was open before." }, EndpointFacts: { type: "object", properties: { path: { type: "string", description: "Absolute, `~` expanded, symlinks not resolved." }, directory: { anyOf: [{ $ref: "#/definitions/DirectoryFacts" }, { type: "null" }], description: "Null when there is no directory at `path`." }, sentinels: { type: "object", properties: { source: { type: "boolean" }, destination: { type: "boolean" } }, required: ["source", "destination"] }, latest: { $ref: "#/definitions/LatestFacts" }, snapshots: { anyOf: [{ type: "object", additionalProperties: { $ref: "#/definitions/SnapshotEntry" } }, { type: "null" }], description: "Entries of `snapshots/` by name, whatever they are; null when there is no such directory." }, staging: { anyOf: [{ $ref: "#/definitions/DirectoryFacts" }, { type: "null" }], description: "`staging/` of the btrfs mode." }, leftovers: { type: "array", items: { type: "string" }, description: "Entries named `.nbkp-…` other than sentinels and the lock: what a dead run may have left." } }, required: ["path", "directory", "sentinels", "latest", "snapshots", "staging", "leftovers"] }, LatestFacts: { anyOf: [{ type: "object", properties: { kind: { type: "string", const: "absent" } }, required: ["kind"] }, { type: "object", properties: { kind: { type: "string", const: "none-yet" } }, required: ["kind"] }, { type: "object", properties: { kind: { type: "string", const: "snapshot" }, name: { type: "string" } }, required: ["kind", "name"] }, { type: "object", properties: { kind: { type: "string", const: "foreign" }, target: { type: ["string", "null"] } }, required: ["kind", "target"] }], description: "What `latest` is. `name` is the last part of a link `snapshots/NAME`." }, SnapshotEntry: { type: "object", properties: { kind: { type: "string", enum: ["directory", "subvolume", "symlink", "file", "other"] } }, required: ["kind"] }, SyncHistory: { type: "object", properties: { since: { type: "string", description: "ISO 8601, UTC: the first run that knew this sync. Older records do not have it." }, lastRun: { anyOf: [{ type: "object", properties: { run: { type: "string" }, outcome: { $ref: "#/definitions/SyncOutcome" }, at: { type: "string" } }, required: ["run", "outcome", "at"] }, { type: "null" }], description: "The last run that tried this sync." }, lastSuccess: { anyOf: [{ type: "object", properties: { run: { type: "string" }, at: { type: "string" }, snapshot: { type: ["string", "null"] }, entries: { type: ["number", "null"] }, mountTarget: { type: ["string", "null"] }, files: { type: "number", description: "Regular files that were transferred, and their bytes. Older records do not have them." }, bytes: { type: "number" } }, required: ["run", "at", "snapshot", "entries", "mountTarget"] }, { type: "null" }], description: "`mountTarget` is where the destination's file system was mounted then. `entries` counts the snapshot's." } }, required: ["lastRun", "lastSuccess"] }, SyncOutcome: { type: "string", enum: ["succeeded", "failed", "refused", "locked", "interrupted", "skipped", "disabled", "blocked"], description: "What became of a sync in a run." }, TransferPreview: { type: "object", properties: { files: { type: "number", description: "Regular files that would be transferred." }, bytes: { type: "number", description: 'Their bytes ("Total transferred file size").' }, creates: { type: "number", description: "Entries that would be created, of all kinds." }, updates: { type: "number", description: "Entries whose content or attributes would change." }, deletes: { type: "number" }, sourceEntries: { type: "number", description: "Entries of the source, and of what it was compared with." }, destinationEntries: { type: "number" }, items: { type: "array", items: { $ref: "#/definitions/PreviewItem" }, description: "The largest and the deleted entries, at most some hundreds; `truncated` when there were more." }, truncated: { type: "boolean" }, filters: { type: "array", items: { type: "string" }, description: "The filter rules that it was made with." }, inTheWay: { type: "object", properties: { count: { type: "number" }, paths: { type: "array", items: { type: "string" } } }, required: ["count", "paths"], description: "Of a restore: what would have to give way at its target although it is newer or of another kind." } }, required: ["files", "bytes", "creates", "updates", "deletes", "sourceEntries", "destinationEntries", "items", "truncated"], description: "A dry run of one transfer, compared with the last snapshot where there is one." }, PreviewItem: { type: "object", properties: { change: { type: "string", enum: ["create", "update", "delete"] }, path: { type: "string", description: "Relative to the source. Escaped as rsync escapes it: `\\#012` for a newline." }, size: { type: "number", description: "Bytes." }, code: { type: "string", description: "rsync's `%i`, such as `>f.st......`." } }, required: ["change", "path", "size", "code"] }, Prunable: { type: "object", properties: { snapshots: { type: "array", items: { type: "string" } }, bytes: { $ref: "#/definitions/Range", description: "`low` to `high`, since extents may be shared (btrfs)." } }, required: ["snapshots", "bytes"], description: "What removing just these snapshots gives back." }, Range: { type: "object", properties: { low: { type: "number" }, high: { type: "number" } }, required: ["low", "high"] }, ExecutorAnswer: { type: "object", properties: { code: { type: ["number", "null"], description: "Null when it did not end by itself." }, stdout: { type: "string" }, problem: { type: ["string", "null"], description: "Why there is no answer, for people; null when there is one." } }, required: ["code", "stdout", "problem"], description: "What a command that an executor asked for has said." } } }, schema35 = { type: "object", properties: { code: { type: ["number", "null"], description: "Null when it did not end by itself." }, stdout: { type: "string" }, problem: { type: ["string", "null"], description: "Why there is no answer, for people; null when there is one." } }, required: ["code", "stdout", "problem"], description: "What a command that an executor asked for has said." }, schema12 = { anyOf: [{ type: "object", properties: { reachable: { type: "boolean", const: !1 }, reason: { type: "string" }, route: { $ref: "#/definitions/HostRoute" } }, required: ["reachable", "reason"] }, { type: "object", properties: { reachable: { type: "boolean", const: !0 }, route: { $ref: "#/definitions/HostRoute" }, os: { type: "string", enum: ["linux", "darwin", "other"] }, home: { type: "string", description: "Home of the user there, absolute." }, user: { type: "string" }, uid: { type: "number" }, rsync: { anyOf: [{ $ref: "#/definitions/RsyncFacts" }, { type: "null" }] }, btrfs: { type: "boolean" }, flock: { type: "boolean" }, clockSkew: { type: "number", description: "Seconds that its clock is ahead of this machine's, behind if negative. Absent for this machine." }, udisks: { type: "boolean", description: "`udisksctl` is there. Absent where nobody asked." }, conditions: { $ref: "#/definitions/ConditionFacts", description: "Absent where nobody asked." } }, required: ["reachable", "os", "home", "user", "uid", "rsync", "btrfs", "flock"] }] }, schema16 = { type: "object", properties: { kind: { type: "string", enum: ["rsync", "openrsync", "unknown"] }, version: { type: "string", description: "`3.2.7`; empty when it was not understood." } }, required: ["kind", "version"] }, schema17 = { type: "object", properties: { onBattery: { type: ["boolean", "null"] }, metered: { type: ["boolean", "null"], description: "What NetworkManager takes the network for." } }, required: ["onBattery", "metered"], description: "What may be a reason to wait; null where the machine cannot say." }, schema13 = { type: "object", properties: { endpoint: { type: ["string", "null"], description: "The SSH endpoint that answered and is used; null when none did." }, passedOver: { type: "array", items: { $ref: "#/definitions/PassedOver" }, description: "The endpoints that were wanted more, or all, in order." }, excluded: { type: "array", items: { type: "string" }, description: "The endpoints that `--exclude-location` took away." } }, required: ["endpoint", "passedOver", "excluded"], description: "How a server was reached, or why not. Absent for this machine." }, schema14 = { type: "object", properties: { endpoint: { type: "string" }, problem: { anyOf: [{ $ref: "#/definitions/ConnectionProblem" }, { type: "null" }], description: "Null when it had not answered yet when another had." } }, required: ["endpoint", "problem"] }, schema15 = { type: "object", properties: { code: { type: "string", description: "Of a finding." }, message: { type: "string" }, help: { type: "string" }, short: { type: "string", description: "The message in a few words, for a list of what was tried." } }, required: ["code", "message", "help", "short"], description: "Why an endpoint was not reached." };
function validate13(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.endpoint === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "endpoint" }, schema: schema14.required, parentSchema: schema14, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.problem === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "problem" }, schema: schema14.required, parentSchema: schema14, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.endpoint !== void 0) {
      let data0 = data.endpoint;
      if (typeof data0 != "string") {
        let err2 = { instancePath: instancePath + "/endpoint", schemaPath: "#/properties/endpoint/type", keyword: "type", params: { type: "string" }, schema: schema14.properties.endpoint.type, parentSchema: schema14.properties.endpoint, data: data0 };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
    }
    if (data.problem !== void 0) {
      let data1 = data.problem, _errs4 = errors, valid1 = !1, _errs5 = errors;
      if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
        if (data1.code === void 0) {
          let err3 = { instancePath: instancePath + "/problem", schemaPath: "#/definitions/ConnectionProblem/required", keyword: "required", params: { missingProperty: "code" }, schema: schema15.required, parentSchema: schema15, data: data1 };
          vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
        }
        if (data1.message === void 0) {
          let err4 = { instancePath: instancePath + "/problem", schemaPath: "#/definitions/ConnectionProblem/required", keyword: "required", params: { missingProperty: "message" }, schema: schema15.required, parentSchema: schema15, data: data1 };
          vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
        }
        if (data1.help === void 0) {
          let err5 = { instancePath: instancePath + "/problem", schemaPath: "#/definitions/ConnectionProblem/required", keyword: "required", params: { missingProperty: "help" }, schema: schema15.required, parentSchema: schema15, data: data1 };
          vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
        }
        if (data1.short === void 0) {
          let err6 = { instancePath: instancePath + "/problem", schemaPath: "#/definitions/ConnectionProblem/required", keyword: "required", params: { missingProperty: "short" }, schema: schema15.required, parentSchema: schema15, data: data1 };
          vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
        }
        if (data1.code !== void 0) {
          let data2 = data1.code;
          if (typeof data2 != "string") {
            let err7 = { instancePath: instancePath + "/problem/code", schemaPath: "#/definitions/ConnectionProblem/properties/code/type", keyword: "type", params: { type: "string" }, schema: schema15.properties.code.type, parentSchema: schema15.properties.code, data: data2 };
            vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
          }
        }
        if (data1.message !== void 0) {
          let data3 = data1.message;
          if (typeof data3 != "string") {
            let err8 = { instancePath: instancePath + "/problem/message", schemaPath: "#/definitions/ConnectionProblem/properties/message/type", keyword: "type", params: { type: "string" }, schema: schema15.properties.message.type, parentSchema: schema15.properties.message, data: data3 };
            vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
          }
        }
        if (data1.help !== void 0) {
          let data4 = data1.help;
          if (typeof data4 != "string") {
            let err9 = { instancePath: instancePath + "/problem/help", schemaPath: "#/definitions/ConnectionProblem/properties/help/type", keyword: "type", params: { type: "string" }, schema: schema15.properties.help.type, parentSchema: schema15.properties.help, data: data4 };
            vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
          }
        }
        if (data1.short !== void 0) {
          let data5 = data1.short;
          if (typeof data5 != "string") {
            let err10 = { instancePath: instancePath + "/problem/short", schemaPath: "#/definitions/ConnectionProblem/properties/short/type", keyword: "type", params: { type: "string" }, schema: schema15.properties.short.type, parentSchema: schema15.properties.short, data: data5 };
            vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
          }
        }
      } else {
        let err11 = { instancePath: instancePath + "/problem", schemaPath: "#/definitions/ConnectionProblem/type", keyword: "type", params: { type: "object" }, schema: schema15.type, parentSchema: schema15, data: data1 };
        vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
      }
      var _valid0 = _errs5 === errors;
      if (valid1 = valid1 || _valid0, !valid1) {
        let _errs16 = errors;
        if (data1 !== null) {
          let err12 = { instancePath: instancePath + "/problem", schemaPath: "#/properties/problem/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema14.properties.problem.anyOf[1].type, parentSchema: schema14.properties.problem.anyOf[1], data: data1 };
          vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
        }
        var _valid0 = _errs16 === errors;
        valid1 = valid1 || _valid0;
      }
      if (valid1)
        errors = _errs4, vErrors !== null && (_errs4 ? vErrors.length = _errs4 : vErrors = null);
      else {
        let err13 = { instancePath: instancePath + "/problem", schemaPath: "#/properties/problem/anyOf", keyword: "anyOf", params: {}, schema: schema14.properties.problem.anyOf, parentSchema: schema14.properties.problem, data: data1 };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
    }
  } else {
    let err14 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema14.type, parentSchema: schema14, data };
    vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
  }
  return validate13.errors = vErrors, errors === 0;
}
function validate12(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.endpoint === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "endpoint" }, schema: schema13.required, parentSchema: schema13, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.passedOver === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "passedOver" }, schema: schema13.required, parentSchema: schema13, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.excluded === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "excluded" }, schema: schema13.required, parentSchema: schema13, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.endpoint !== void 0) {
      let data0 = data.endpoint;
      if (typeof data0 != "string" && data0 !== null) {
        let err3 = { instancePath: instancePath + "/endpoint", schemaPath: "#/properties/endpoint/type", keyword: "type", params: { type: schema13.properties.endpoint.type }, schema: schema13.properties.endpoint.type, parentSchema: schema13.properties.endpoint, data: data0 };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
    }
    if (data.passedOver !== void 0) {
      let data1 = data.passedOver;
      if (Array.isArray(data1)) {
        let len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++)
          validate13(data1[i0], { instancePath: instancePath + "/passedOver/" + i0, parentData: data1, parentDataProperty: i0, rootData }) || (vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors), errors = vErrors.length);
      } else {
        let err4 = { instancePath: instancePath + "/passedOver", schemaPath: "#/properties/passedOver/type", keyword: "type", params: { type: "array" }, schema: schema13.properties.passedOver.type, parentSchema: schema13.properties.passedOver, data: data1 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
    if (data.excluded !== void 0) {
      let data3 = data.excluded;
      if (Array.isArray(data3)) {
        let len1 = data3.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data4 = data3[i1];
          if (typeof data4 != "string") {
            let err5 = { instancePath: instancePath + "/excluded/" + i1, schemaPath: "#/properties/excluded/items/type", keyword: "type", params: { type: "string" }, schema: schema13.properties.excluded.items.type, parentSchema: schema13.properties.excluded.items, data: data4 };
            vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
          }
        }
      } else {
        let err6 = { instancePath: instancePath + "/excluded", schemaPath: "#/properties/excluded/type", keyword: "type", params: { type: "array" }, schema: schema13.properties.excluded.type, parentSchema: schema13.properties.excluded, data: data3 };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
  } else {
    let err7 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema13.type, parentSchema: schema13, data };
    vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
  }
  return validate12.errors = vErrors, errors === 0;
}
function validate11(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0, _errs0 = errors, valid0 = !1, _errs1 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.reachable === void 0) {
      let err0 = { instancePath, schemaPath: "#/anyOf/0/required", keyword: "required", params: { missingProperty: "reachable" }, schema: schema12.anyOf[0].required, parentSchema: schema12.anyOf[0], data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.reason === void 0) {
      let err1 = { instancePath, schemaPath: "#/anyOf/0/required", keyword: "required", params: { missingProperty: "reason" }, schema: schema12.anyOf[0].required, parentSchema: schema12.anyOf[0], data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.reachable !== void 0) {
      let data0 = data.reachable;
      if (typeof data0 != "boolean") {
        let err2 = { instancePath: instancePath + "/reachable", schemaPath: "#/anyOf/0/properties/reachable/type", keyword: "type", params: { type: "boolean" }, schema: schema12.anyOf[0].properties.reachable.type, parentSchema: schema12.anyOf[0].properties.reachable, data: data0 };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
      if (data0 !== !1) {
        let err3 = { instancePath: instancePath + "/reachable", schemaPath: "#/anyOf/0/properties/reachable/const", keyword: "const", params: { allowedValue: !1 }, schema: !1, parentSchema: schema12.anyOf[0].properties.reachable, data: data0 };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
    }
    if (data.reason !== void 0) {
      let data1 = data.reason;
      if (typeof data1 != "string") {
        let err4 = { instancePath: instancePath + "/reason", schemaPath: "#/anyOf/0/properties/reason/type", keyword: "type", params: { type: "string" }, schema: schema12.anyOf[0].properties.reason.type, parentSchema: schema12.anyOf[0].properties.reason, data: data1 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
    data.route !== void 0 && (validate12(data.route, { instancePath: instancePath + "/route", parentData: data, parentDataProperty: "route", rootData }) || (vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors), errors = vErrors.length));
  } else {
    let err5 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "object" }, schema: schema12.anyOf[0].type, parentSchema: schema12.anyOf[0], data };
    vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
  }
  var _valid0 = _errs1 === errors;
  if (valid0 = valid0 || _valid0, !valid0) {
    let _errs8 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.reachable === void 0) {
        let err6 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "reachable" }, schema: schema12.anyOf[1].required, parentSchema: schema12.anyOf[1], data };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
      if (data.os === void 0) {
        let err7 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "os" }, schema: schema12.anyOf[1].required, parentSchema: schema12.anyOf[1], data };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
      if (data.home === void 0) {
        let err8 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "home" }, schema: schema12.anyOf[1].required, parentSchema: schema12.anyOf[1], data };
        vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
      }
      if (data.user === void 0) {
        let err9 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "user" }, schema: schema12.anyOf[1].required, parentSchema: schema12.anyOf[1], data };
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
      if (data.uid === void 0) {
        let err10 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "uid" }, schema: schema12.anyOf[1].required, parentSchema: schema12.anyOf[1], data };
        vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
      }
      if (data.rsync === void 0) {
        let err11 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "rsync" }, schema: schema12.anyOf[1].required, parentSchema: schema12.anyOf[1], data };
        vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
      }
      if (data.btrfs === void 0) {
        let err12 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "btrfs" }, schema: schema12.anyOf[1].required, parentSchema: schema12.anyOf[1], data };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
      if (data.flock === void 0) {
        let err13 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "flock" }, schema: schema12.anyOf[1].required, parentSchema: schema12.anyOf[1], data };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
      if (data.reachable !== void 0) {
        let data3 = data.reachable;
        if (typeof data3 != "boolean") {
          let err14 = { instancePath: instancePath + "/reachable", schemaPath: "#/anyOf/1/properties/reachable/type", keyword: "type", params: { type: "boolean" }, schema: schema12.anyOf[1].properties.reachable.type, parentSchema: schema12.anyOf[1].properties.reachable, data: data3 };
          vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
        }
        if (data3 !== !0) {
          let err15 = { instancePath: instancePath + "/reachable", schemaPath: "#/anyOf/1/properties/reachable/const", keyword: "const", params: { allowedValue: !0 }, schema: !0, parentSchema: schema12.anyOf[1].properties.reachable, data: data3 };
          vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
        }
      }
      if (data.route !== void 0 && (validate12(data.route, { instancePath: instancePath + "/route", parentData: data, parentDataProperty: "route", rootData }) || (vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors), errors = vErrors.length)), data.os !== void 0) {
        let data5 = data.os;
        if (typeof data5 != "string") {
          let err16 = { instancePath: instancePath + "/os", schemaPath: "#/anyOf/1/properties/os/type", keyword: "type", params: { type: "string" }, schema: schema12.anyOf[1].properties.os.type, parentSchema: schema12.anyOf[1].properties.os, data: data5 };
          vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
        }
        if (!(data5 === "linux" || data5 === "darwin" || data5 === "other")) {
          let err17 = { instancePath: instancePath + "/os", schemaPath: "#/anyOf/1/properties/os/enum", keyword: "enum", params: { allowedValues: schema12.anyOf[1].properties.os.enum }, schema: schema12.anyOf[1].properties.os.enum, parentSchema: schema12.anyOf[1].properties.os, data: data5 };
          vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
        }
      }
      if (data.home !== void 0) {
        let data6 = data.home;
        if (typeof data6 != "string") {
          let err18 = { instancePath: instancePath + "/home", schemaPath: "#/anyOf/1/properties/home/type", keyword: "type", params: { type: "string" }, schema: schema12.anyOf[1].properties.home.type, parentSchema: schema12.anyOf[1].properties.home, data: data6 };
          vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
        }
      }
      if (data.user !== void 0) {
        let data7 = data.user;
        if (typeof data7 != "string") {
          let err19 = { instancePath: instancePath + "/user", schemaPath: "#/anyOf/1/properties/user/type", keyword: "type", params: { type: "string" }, schema: schema12.anyOf[1].properties.user.type, parentSchema: schema12.anyOf[1].properties.user, data: data7 };
          vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
        }
      }
      if (data.uid !== void 0) {
        let data8 = data.uid;
        if (!(typeof data8 == "number" && isFinite(data8))) {
          let err20 = { instancePath: instancePath + "/uid", schemaPath: "#/anyOf/1/properties/uid/type", keyword: "type", params: { type: "number" }, schema: schema12.anyOf[1].properties.uid.type, parentSchema: schema12.anyOf[1].properties.uid, data: data8 };
          vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
        }
      }
      if (data.rsync !== void 0) {
        let data9 = data.rsync, _errs22 = errors, valid3 = !1, _errs23 = errors;
        if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
          if (data9.kind === void 0) {
            let err21 = { instancePath: instancePath + "/rsync", schemaPath: "#/definitions/RsyncFacts/required", keyword: "required", params: { missingProperty: "kind" }, schema: schema16.required, parentSchema: schema16, data: data9 };
            vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
          }
          if (data9.version === void 0) {
            let err22 = { instancePath: instancePath + "/rsync", schemaPath: "#/definitions/RsyncFacts/required", keyword: "required", params: { missingProperty: "version" }, schema: schema16.required, parentSchema: schema16, data: data9 };
            vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
          }
          if (data9.kind !== void 0) {
            let data10 = data9.kind;
            if (typeof data10 != "string") {
              let err23 = { instancePath: instancePath + "/rsync/kind", schemaPath: "#/definitions/RsyncFacts/properties/kind/type", keyword: "type", params: { type: "string" }, schema: schema16.properties.kind.type, parentSchema: schema16.properties.kind, data: data10 };
              vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
            }
            if (!(data10 === "rsync" || data10 === "openrsync" || data10 === "unknown")) {
              let err24 = { instancePath: instancePath + "/rsync/kind", schemaPath: "#/definitions/RsyncFacts/properties/kind/enum", keyword: "enum", params: { allowedValues: schema16.properties.kind.enum }, schema: schema16.properties.kind.enum, parentSchema: schema16.properties.kind, data: data10 };
              vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
            }
          }
          if (data9.version !== void 0) {
            let data11 = data9.version;
            if (typeof data11 != "string") {
              let err25 = { instancePath: instancePath + "/rsync/version", schemaPath: "#/definitions/RsyncFacts/properties/version/type", keyword: "type", params: { type: "string" }, schema: schema16.properties.version.type, parentSchema: schema16.properties.version, data: data11 };
              vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
            }
          }
        } else {
          let err26 = { instancePath: instancePath + "/rsync", schemaPath: "#/definitions/RsyncFacts/type", keyword: "type", params: { type: "object" }, schema: schema16.type, parentSchema: schema16, data: data9 };
          vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
        }
        var _valid1 = _errs23 === errors;
        if (valid3 = valid3 || _valid1, !valid3) {
          let _errs30 = errors;
          if (data9 !== null) {
            let err27 = { instancePath: instancePath + "/rsync", schemaPath: "#/anyOf/1/properties/rsync/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema12.anyOf[1].properties.rsync.anyOf[1].type, parentSchema: schema12.anyOf[1].properties.rsync.anyOf[1], data: data9 };
            vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
          }
          var _valid1 = _errs30 === errors;
          valid3 = valid3 || _valid1;
        }
        if (valid3)
          errors = _errs22, vErrors !== null && (_errs22 ? vErrors.length = _errs22 : vErrors = null);
        else {
          let err28 = { instancePath: instancePath + "/rsync", schemaPath: "#/anyOf/1/properties/rsync/anyOf", keyword: "anyOf", params: {}, schema: schema12.anyOf[1].properties.rsync.anyOf, parentSchema: schema12.anyOf[1].properties.rsync, data: data9 };
          vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
        }
      }
      if (data.btrfs !== void 0) {
        let data12 = data.btrfs;
        if (typeof data12 != "boolean") {
          let err29 = { instancePath: instancePath + "/btrfs", schemaPath: "#/anyOf/1/properties/btrfs/type", keyword: "type", params: { type: "boolean" }, schema: schema12.anyOf[1].properties.btrfs.type, parentSchema: schema12.anyOf[1].properties.btrfs, data: data12 };
          vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
        }
      }
      if (data.flock !== void 0) {
        let data13 = data.flock;
        if (typeof data13 != "boolean") {
          let err30 = { instancePath: instancePath + "/flock", schemaPath: "#/anyOf/1/properties/flock/type", keyword: "type", params: { type: "boolean" }, schema: schema12.anyOf[1].properties.flock.type, parentSchema: schema12.anyOf[1].properties.flock, data: data13 };
          vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
        }
      }
      if (data.clockSkew !== void 0) {
        let data14 = data.clockSkew;
        if (!(typeof data14 == "number" && isFinite(data14))) {
          let err31 = { instancePath: instancePath + "/clockSkew", schemaPath: "#/anyOf/1/properties/clockSkew/type", keyword: "type", params: { type: "number" }, schema: schema12.anyOf[1].properties.clockSkew.type, parentSchema: schema12.anyOf[1].properties.clockSkew, data: data14 };
          vErrors === null ? vErrors = [err31] : vErrors.push(err31), errors++;
        }
      }
      if (data.udisks !== void 0) {
        let data15 = data.udisks;
        if (typeof data15 != "boolean") {
          let err32 = { instancePath: instancePath + "/udisks", schemaPath: "#/anyOf/1/properties/udisks/type", keyword: "type", params: { type: "boolean" }, schema: schema12.anyOf[1].properties.udisks.type, parentSchema: schema12.anyOf[1].properties.udisks, data: data15 };
          vErrors === null ? vErrors = [err32] : vErrors.push(err32), errors++;
        }
      }
      if (data.conditions !== void 0) {
        let data16 = data.conditions;
        if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
          if (data16.onBattery === void 0) {
            let err33 = { instancePath: instancePath + "/conditions", schemaPath: "#/definitions/ConditionFacts/required", keyword: "required", params: { missingProperty: "onBattery" }, schema: schema17.required, parentSchema: schema17, data: data16 };
            vErrors === null ? vErrors = [err33] : vErrors.push(err33), errors++;
          }
          if (data16.metered === void 0) {
            let err34 = { instancePath: instancePath + "/conditions", schemaPath: "#/definitions/ConditionFacts/required", keyword: "required", params: { missingProperty: "metered" }, schema: schema17.required, parentSchema: schema17, data: data16 };
            vErrors === null ? vErrors = [err34] : vErrors.push(err34), errors++;
          }
          if (data16.onBattery !== void 0) {
            let data17 = data16.onBattery;
            if (typeof data17 != "boolean" && data17 !== null) {
              let err35 = { instancePath: instancePath + "/conditions/onBattery", schemaPath: "#/definitions/ConditionFacts/properties/onBattery/type", keyword: "type", params: { type: schema17.properties.onBattery.type }, schema: schema17.properties.onBattery.type, parentSchema: schema17.properties.onBattery, data: data17 };
              vErrors === null ? vErrors = [err35] : vErrors.push(err35), errors++;
            }
          }
          if (data16.metered !== void 0) {
            let data18 = data16.metered;
            if (typeof data18 != "boolean" && data18 !== null) {
              let err36 = { instancePath: instancePath + "/conditions/metered", schemaPath: "#/definitions/ConditionFacts/properties/metered/type", keyword: "type", params: { type: schema17.properties.metered.type }, schema: schema17.properties.metered.type, parentSchema: schema17.properties.metered, data: data18 };
              vErrors === null ? vErrors = [err36] : vErrors.push(err36), errors++;
            }
          }
        } else {
          let err37 = { instancePath: instancePath + "/conditions", schemaPath: "#/definitions/ConditionFacts/type", keyword: "type", params: { type: "object" }, schema: schema17.type, parentSchema: schema17, data: data16 };
          vErrors === null ? vErrors = [err37] : vErrors.push(err37), errors++;
        }
      }
    } else {
      let err38 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "object" }, schema: schema12.anyOf[1].type, parentSchema: schema12.anyOf[1], data };
      vErrors === null ? vErrors = [err38] : vErrors.push(err38), errors++;
    }
    var _valid0 = _errs8 === errors;
    valid0 = valid0 || _valid0;
  }
  if (valid0)
    errors = _errs0, vErrors !== null && (_errs0 ? vErrors.length = _errs0 : vErrors = null);
  else {
    let err39 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, schema: schema12.anyOf, parentSchema: schema12, data };
    vErrors === null ? vErrors = [err39] : vErrors.push(err39), errors++;
  }
  return validate11.errors = vErrors, errors === 0;
}
var schema18 = { type: "object", properties: { path: { type: ["string", "null"], description: "Absolute, `~` expanded; null when the drive is not mounted and so the path is not known." }, directory: { anyOf: [{ $ref: "#/definitions/DirectoryFacts" }, { type: "null" }], description: "Null when there is no directory at `path`." }, sentinel: { type: "boolean", description: "`.nbkp-vol` is there." }, unmountedFstabTarget: { type: ["string", "null"], description: "The mount point in fstab that holds `path` although nothing is mounted there." }, drive: { $ref: "#/definitions/DriveFacts", description: "The drive of a volume with `mount`, as far as the host can say." } }, required: ["path", "directory", "sentinel", "unmountedFstabTarget"] }, schema19 = { type: "object", properties: { realPath: { type: "string", description: "Absolute, without symlinks." }, device: { type: "string", description: "`st_dev` in decimal. Changes when a drive is plugged in again." }, inode: { type: "string", description: "`st_ino` in decimal." }, writable: { type: "boolean" }, empty: { type: "boolean", description: "No entries besides those whose names begin with `.nbkp-`." }, subvolume: { type: "boolean", description: "The root of a btrfs subvolume." }, mount: { anyOf: [{ $ref: "#/definitions/MountFacts" }, { type: "null" }], description: "Null when the directory's file system is not in the mount table." }, freeBytes: { type: "number", description: "Bytes that this user can still write." }, totalBytes: { type: "number" }, freeInodes: { type: ["number", "null"], description: "Null when the file system does not count them (btrfs)." } }, required: ["realPath", "device", "inode", "writable", "empty", "subvolume", "mount", "freeBytes", "totalBytes", "freeInodes"] }, schema20 = { type: "object", properties: { target: { type: "string" }, source: { type: "string" }, fsType: { type: "string" }, uuid: { type: ["string", "null"], description: "Null when not known, for example for tmpfs." }, options: { type: "array", items: { type: "string" } } }, required: ["target", "source", "fsType", "uuid", "options"], description: "The mount that holds a directory." };
function validate19(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.realPath === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "realPath" }, schema: schema19.required, parentSchema: schema19, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.device === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "device" }, schema: schema19.required, parentSchema: schema19, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.inode === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "inode" }, schema: schema19.required, parentSchema: schema19, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.writable === void 0) {
      let err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "writable" }, schema: schema19.required, parentSchema: schema19, data };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.empty === void 0) {
      let err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "empty" }, schema: schema19.required, parentSchema: schema19, data };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.subvolume === void 0) {
      let err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "subvolume" }, schema: schema19.required, parentSchema: schema19, data };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
    if (data.mount === void 0) {
      let err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "mount" }, schema: schema19.required, parentSchema: schema19, data };
      vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
    }
    if (data.freeBytes === void 0) {
      let err7 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "freeBytes" }, schema: schema19.required, parentSchema: schema19, data };
      vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
    }
    if (data.totalBytes === void 0) {
      let err8 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "totalBytes" }, schema: schema19.required, parentSchema: schema19, data };
      vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
    }
    if (data.freeInodes === void 0) {
      let err9 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "freeInodes" }, schema: schema19.required, parentSchema: schema19, data };
      vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
    }
    if (data.realPath !== void 0) {
      let data0 = data.realPath;
      if (typeof data0 != "string") {
        let err10 = { instancePath: instancePath + "/realPath", schemaPath: "#/properties/realPath/type", keyword: "type", params: { type: "string" }, schema: schema19.properties.realPath.type, parentSchema: schema19.properties.realPath, data: data0 };
        vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
      }
    }
    if (data.device !== void 0) {
      let data1 = data.device;
      if (typeof data1 != "string") {
        let err11 = { instancePath: instancePath + "/device", schemaPath: "#/properties/device/type", keyword: "type", params: { type: "string" }, schema: schema19.properties.device.type, parentSchema: schema19.properties.device, data: data1 };
        vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
      }
    }
    if (data.inode !== void 0) {
      let data2 = data.inode;
      if (typeof data2 != "string") {
        let err12 = { instancePath: instancePath + "/inode", schemaPath: "#/properties/inode/type", keyword: "type", params: { type: "string" }, schema: schema19.properties.inode.type, parentSchema: schema19.properties.inode, data: data2 };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
    }
    if (data.writable !== void 0) {
      let data3 = data.writable;
      if (typeof data3 != "boolean") {
        let err13 = { instancePath: instancePath + "/writable", schemaPath: "#/properties/writable/type", keyword: "type", params: { type: "boolean" }, schema: schema19.properties.writable.type, parentSchema: schema19.properties.writable, data: data3 };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
    }
    if (data.empty !== void 0) {
      let data4 = data.empty;
      if (typeof data4 != "boolean") {
        let err14 = { instancePath: instancePath + "/empty", schemaPath: "#/properties/empty/type", keyword: "type", params: { type: "boolean" }, schema: schema19.properties.empty.type, parentSchema: schema19.properties.empty, data: data4 };
        vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
      }
    }
    if (data.subvolume !== void 0) {
      let data5 = data.subvolume;
      if (typeof data5 != "boolean") {
        let err15 = { instancePath: instancePath + "/subvolume", schemaPath: "#/properties/subvolume/type", keyword: "type", params: { type: "boolean" }, schema: schema19.properties.subvolume.type, parentSchema: schema19.properties.subvolume, data: data5 };
        vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
      }
    }
    if (data.mount !== void 0) {
      let data6 = data.mount, _errs14 = errors, valid1 = !1, _errs15 = errors;
      if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
        if (data6.target === void 0) {
          let err16 = { instancePath: instancePath + "/mount", schemaPath: "#/definitions/MountFacts/required", keyword: "required", params: { missingProperty: "target" }, schema: schema20.required, parentSchema: schema20, data: data6 };
          vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
        }
        if (data6.source === void 0) {
          let err17 = { instancePath: instancePath + "/mount", schemaPath: "#/definitions/MountFacts/required", keyword: "required", params: { missingProperty: "source" }, schema: schema20.required, parentSchema: schema20, data: data6 };
          vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
        }
        if (data6.fsType === void 0) {
          let err18 = { instancePath: instancePath + "/mount", schemaPath: "#/definitions/MountFacts/required", keyword: "required", params: { missingProperty: "fsType" }, schema: schema20.required, parentSchema: schema20, data: data6 };
          vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
        }
        if (data6.uuid === void 0) {
          let err19 = { instancePath: instancePath + "/mount", schemaPath: "#/definitions/MountFacts/required", keyword: "required", params: { missingProperty: "uuid" }, schema: schema20.required, parentSchema: schema20, data: data6 };
          vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
        }
        if (data6.options === void 0) {
          let err20 = { instancePath: instancePath + "/mount", schemaPath: "#/definitions/MountFacts/required", keyword: "required", params: { missingProperty: "options" }, schema: schema20.required, parentSchema: schema20, data: data6 };
          vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
        }
        if (data6.target !== void 0) {
          let data7 = data6.target;
          if (typeof data7 != "string") {
            let err21 = { instancePath: instancePath + "/mount/target", schemaPath: "#/definitions/MountFacts/properties/target/type", keyword: "type", params: { type: "string" }, schema: schema20.properties.target.type, parentSchema: schema20.properties.target, data: data7 };
            vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
          }
        }
        if (data6.source !== void 0) {
          let data8 = data6.source;
          if (typeof data8 != "string") {
            let err22 = { instancePath: instancePath + "/mount/source", schemaPath: "#/definitions/MountFacts/properties/source/type", keyword: "type", params: { type: "string" }, schema: schema20.properties.source.type, parentSchema: schema20.properties.source, data: data8 };
            vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
          }
        }
        if (data6.fsType !== void 0) {
          let data9 = data6.fsType;
          if (typeof data9 != "string") {
            let err23 = { instancePath: instancePath + "/mount/fsType", schemaPath: "#/definitions/MountFacts/properties/fsType/type", keyword: "type", params: { type: "string" }, schema: schema20.properties.fsType.type, parentSchema: schema20.properties.fsType, data: data9 };
            vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
          }
        }
        if (data6.uuid !== void 0) {
          let data10 = data6.uuid;
          if (typeof data10 != "string" && data10 !== null) {
            let err24 = { instancePath: instancePath + "/mount/uuid", schemaPath: "#/definitions/MountFacts/properties/uuid/type", keyword: "type", params: { type: schema20.properties.uuid.type }, schema: schema20.properties.uuid.type, parentSchema: schema20.properties.uuid, data: data10 };
            vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
          }
        }
        if (data6.options !== void 0) {
          let data11 = data6.options;
          if (Array.isArray(data11)) {
            let len0 = data11.length;
            for (let i0 = 0; i0 < len0; i0++) {
              let data12 = data11[i0];
              if (typeof data12 != "string") {
                let err25 = { instancePath: instancePath + "/mount/options/" + i0, schemaPath: "#/definitions/MountFacts/properties/options/items/type", keyword: "type", params: { type: "string" }, schema: schema20.properties.options.items.type, parentSchema: schema20.properties.options.items, data: data12 };
                vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
              }
            }
          } else {
            let err26 = { instancePath: instancePath + "/mount/options", schemaPath: "#/definitions/MountFacts/properties/options/type", keyword: "type", params: { type: "array" }, schema: schema20.properties.options.type, parentSchema: schema20.properties.options, data: data11 };
            vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
          }
        }
      } else {
        let err27 = { instancePath: instancePath + "/mount", schemaPath: "#/definitions/MountFacts/type", keyword: "type", params: { type: "object" }, schema: schema20.type, parentSchema: schema20, data: data6 };
        vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
      }
      var _valid0 = _errs15 === errors;
      if (valid1 = valid1 || _valid0, !valid1) {
        let _errs30 = errors;
        if (data6 !== null) {
          let err28 = { instancePath: instancePath + "/mount", schemaPath: "#/properties/mount/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema19.properties.mount.anyOf[1].type, parentSchema: schema19.properties.mount.anyOf[1], data: data6 };
          vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
        }
        var _valid0 = _errs30 === errors;
        valid1 = valid1 || _valid0;
      }
      if (valid1)
        errors = _errs14, vErrors !== null && (_errs14 ? vErrors.length = _errs14 : vErrors = null);
      else {
        let err29 = { instancePath: instancePath + "/mount", schemaPath: "#/properties/mount/anyOf", keyword: "anyOf", params: {}, schema: schema19.properties.mount.anyOf, parentSchema: schema19.properties.mount, data: data6 };
        vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
      }
    }
    if (data.freeBytes !== void 0) {
      let data13 = data.freeBytes;
      if (!(typeof data13 == "number" && isFinite(data13))) {
        let err30 = { instancePath: instancePath + "/freeBytes", schemaPath: "#/properties/freeBytes/type", keyword: "type", params: { type: "number" }, schema: schema19.properties.freeBytes.type, parentSchema: schema19.properties.freeBytes, data: data13 };
        vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
      }
    }
    if (data.totalBytes !== void 0) {
      let data14 = data.totalBytes;
      if (!(typeof data14 == "number" && isFinite(data14))) {
        let err31 = { instancePath: instancePath + "/totalBytes", schemaPath: "#/properties/totalBytes/type", keyword: "type", params: { type: "number" }, schema: schema19.properties.totalBytes.type, parentSchema: schema19.properties.totalBytes, data: data14 };
        vErrors === null ? vErrors = [err31] : vErrors.push(err31), errors++;
      }
    }
    if (data.freeInodes !== void 0) {
      let data15 = data.freeInodes;
      if (!(typeof data15 == "number" && isFinite(data15)) && data15 !== null) {
        let err32 = { instancePath: instancePath + "/freeInodes", schemaPath: "#/properties/freeInodes/type", keyword: "type", params: { type: schema19.properties.freeInodes.type }, schema: schema19.properties.freeInodes.type, parentSchema: schema19.properties.freeInodes, data: data15 };
        vErrors === null ? vErrors = [err32] : vErrors.push(err32), errors++;
      }
    }
  } else {
    let err33 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema19.type, parentSchema: schema19, data };
    vErrors === null ? vErrors = [err33] : vErrors.push(err33), errors++;
  }
  return validate19.errors = vErrors, errors === 0;
}
var schema21 = { type: "object", properties: { devices: { type: "array", items: { $ref: "#/definitions/BlockDevice" }, description: "Those with the UUID of the spec. None: it is not plugged in. Several: they cannot be told apart." }, cleartext: { anyOf: [{ $ref: "#/definitions/BlockDevice" }, { type: "null" }], description: "What an unlocked LUKS container shows; null while it is locked, and for a device that is no container." }, namesake: { anyOf: [{ $ref: "#/definitions/BlockDevice" }, { type: "null" }], description: "When no device has the UUID: the one whose partition table entry has it (PARTUUID)." }, opened: { $ref: "#/definitions/OpenedDrive", description: "What nbkp has opened of it and not closed again. From the store, as history is; absent when nothing." } }, required: ["devices", "cleartext", "namesake"] }, schema22 = { type: "object", properties: { path: { type: "string", description: "`/dev/sda1`." }, type: { type: "string", description: "`disk`, `part`, `crypt`, `loop`, …" }, fsType: { type: "string", description: "`crypto_LUKS`, `ext4`, …" }, uuid: { type: "string" }, label: { type: "string" }, readOnly: { type: "boolean" }, sequence: { type: "string", description: "Another one each time that a drive is plugged in or unlocked. Absent where the kernel does not count (before 5.15)." } }, required: ["path", "type", "fsType", "uuid", "label", "readOnly"], description: "A line of lsblk(8). What it does not know is empty." }, schema25 = { type: "object", properties: { run: { type: "string" }, unlockedAt: { type: ["string", "null"] }, mountedAt: { type: ["string", "null"] }, kept: { type: "boolean", description: "It stays open until somebody closes it by hand." }, users: { type: "array", items: { type: "string" }, description: "The runs that use it at this moment." } }, required: ["run", "unlockedAt", "mountedAt", "kept", "users"], description: "A drive that a run has unlocked or mounted. Times are ISO 8601, UTC; null for what was open before." };
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.devices === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "devices" }, schema: schema21.required, parentSchema: schema21, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.cleartext === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "cleartext" }, schema: schema21.required, parentSchema: schema21, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.namesake === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "namesake" }, schema: schema21.required, parentSchema: schema21, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.devices !== void 0) {
      let data0 = data.devices;
      if (Array.isArray(data0)) {
        let len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data1 = data0[i0];
          if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
            if (data1.path === void 0) {
              let err3 = { instancePath: instancePath + "/devices/" + i0, schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "path" }, schema: schema22.required, parentSchema: schema22, data: data1 };
              vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
            }
            if (data1.type === void 0) {
              let err4 = { instancePath: instancePath + "/devices/" + i0, schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "type" }, schema: schema22.required, parentSchema: schema22, data: data1 };
              vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
            }
            if (data1.fsType === void 0) {
              let err5 = { instancePath: instancePath + "/devices/" + i0, schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "fsType" }, schema: schema22.required, parentSchema: schema22, data: data1 };
              vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
            }
            if (data1.uuid === void 0) {
              let err6 = { instancePath: instancePath + "/devices/" + i0, schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "uuid" }, schema: schema22.required, parentSchema: schema22, data: data1 };
              vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
            }
            if (data1.label === void 0) {
              let err7 = { instancePath: instancePath + "/devices/" + i0, schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "label" }, schema: schema22.required, parentSchema: schema22, data: data1 };
              vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
            }
            if (data1.readOnly === void 0) {
              let err8 = { instancePath: instancePath + "/devices/" + i0, schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "readOnly" }, schema: schema22.required, parentSchema: schema22, data: data1 };
              vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
            }
            if (data1.path !== void 0) {
              let data2 = data1.path;
              if (typeof data2 != "string") {
                let err9 = { instancePath: instancePath + "/devices/" + i0 + "/path", schemaPath: "#/definitions/BlockDevice/properties/path/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.path.type, parentSchema: schema22.properties.path, data: data2 };
                vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
              }
            }
            if (data1.type !== void 0) {
              let data3 = data1.type;
              if (typeof data3 != "string") {
                let err10 = { instancePath: instancePath + "/devices/" + i0 + "/type", schemaPath: "#/definitions/BlockDevice/properties/type/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.type.type, parentSchema: schema22.properties.type, data: data3 };
                vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
              }
            }
            if (data1.fsType !== void 0) {
              let data4 = data1.fsType;
              if (typeof data4 != "string") {
                let err11 = { instancePath: instancePath + "/devices/" + i0 + "/fsType", schemaPath: "#/definitions/BlockDevice/properties/fsType/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.fsType.type, parentSchema: schema22.properties.fsType, data: data4 };
                vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
              }
            }
            if (data1.uuid !== void 0) {
              let data5 = data1.uuid;
              if (typeof data5 != "string") {
                let err12 = { instancePath: instancePath + "/devices/" + i0 + "/uuid", schemaPath: "#/definitions/BlockDevice/properties/uuid/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.uuid.type, parentSchema: schema22.properties.uuid, data: data5 };
                vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
              }
            }
            if (data1.label !== void 0) {
              let data6 = data1.label;
              if (typeof data6 != "string") {
                let err13 = { instancePath: instancePath + "/devices/" + i0 + "/label", schemaPath: "#/definitions/BlockDevice/properties/label/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.label.type, parentSchema: schema22.properties.label, data: data6 };
                vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
              }
            }
            if (data1.readOnly !== void 0) {
              let data7 = data1.readOnly;
              if (typeof data7 != "boolean") {
                let err14 = { instancePath: instancePath + "/devices/" + i0 + "/readOnly", schemaPath: "#/definitions/BlockDevice/properties/readOnly/type", keyword: "type", params: { type: "boolean" }, schema: schema22.properties.readOnly.type, parentSchema: schema22.properties.readOnly, data: data7 };
                vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
              }
            }
            if (data1.sequence !== void 0) {
              let data8 = data1.sequence;
              if (typeof data8 != "string") {
                let err15 = { instancePath: instancePath + "/devices/" + i0 + "/sequence", schemaPath: "#/definitions/BlockDevice/properties/sequence/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.sequence.type, parentSchema: schema22.properties.sequence, data: data8 };
                vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
              }
            }
          } else {
            let err16 = { instancePath: instancePath + "/devices/" + i0, schemaPath: "#/definitions/BlockDevice/type", keyword: "type", params: { type: "object" }, schema: schema22.type, parentSchema: schema22, data: data1 };
            vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
          }
        }
      } else {
        let err17 = { instancePath: instancePath + "/devices", schemaPath: "#/properties/devices/type", keyword: "type", params: { type: "array" }, schema: schema21.properties.devices.type, parentSchema: schema21.properties.devices, data: data0 };
        vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
      }
    }
    if (data.cleartext !== void 0) {
      let data9 = data.cleartext, _errs21 = errors, valid5 = !1, _errs22 = errors;
      if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
        if (data9.path === void 0) {
          let err18 = { instancePath: instancePath + "/cleartext", schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "path" }, schema: schema22.required, parentSchema: schema22, data: data9 };
          vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
        }
        if (data9.type === void 0) {
          let err19 = { instancePath: instancePath + "/cleartext", schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "type" }, schema: schema22.required, parentSchema: schema22, data: data9 };
          vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
        }
        if (data9.fsType === void 0) {
          let err20 = { instancePath: instancePath + "/cleartext", schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "fsType" }, schema: schema22.required, parentSchema: schema22, data: data9 };
          vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
        }
        if (data9.uuid === void 0) {
          let err21 = { instancePath: instancePath + "/cleartext", schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "uuid" }, schema: schema22.required, parentSchema: schema22, data: data9 };
          vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
        }
        if (data9.label === void 0) {
          let err22 = { instancePath: instancePath + "/cleartext", schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "label" }, schema: schema22.required, parentSchema: schema22, data: data9 };
          vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
        }
        if (data9.readOnly === void 0) {
          let err23 = { instancePath: instancePath + "/cleartext", schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "readOnly" }, schema: schema22.required, parentSchema: schema22, data: data9 };
          vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
        }
        if (data9.path !== void 0) {
          let data10 = data9.path;
          if (typeof data10 != "string") {
            let err24 = { instancePath: instancePath + "/cleartext/path", schemaPath: "#/definitions/BlockDevice/properties/path/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.path.type, parentSchema: schema22.properties.path, data: data10 };
            vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
          }
        }
        if (data9.type !== void 0) {
          let data11 = data9.type;
          if (typeof data11 != "string") {
            let err25 = { instancePath: instancePath + "/cleartext/type", schemaPath: "#/definitions/BlockDevice/properties/type/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.type.type, parentSchema: schema22.properties.type, data: data11 };
            vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
          }
        }
        if (data9.fsType !== void 0) {
          let data12 = data9.fsType;
          if (typeof data12 != "string") {
            let err26 = { instancePath: instancePath + "/cleartext/fsType", schemaPath: "#/definitions/BlockDevice/properties/fsType/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.fsType.type, parentSchema: schema22.properties.fsType, data: data12 };
            vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
          }
        }
        if (data9.uuid !== void 0) {
          let data13 = data9.uuid;
          if (typeof data13 != "string") {
            let err27 = { instancePath: instancePath + "/cleartext/uuid", schemaPath: "#/definitions/BlockDevice/properties/uuid/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.uuid.type, parentSchema: schema22.properties.uuid, data: data13 };
            vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
          }
        }
        if (data9.label !== void 0) {
          let data14 = data9.label;
          if (typeof data14 != "string") {
            let err28 = { instancePath: instancePath + "/cleartext/label", schemaPath: "#/definitions/BlockDevice/properties/label/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.label.type, parentSchema: schema22.properties.label, data: data14 };
            vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
          }
        }
        if (data9.readOnly !== void 0) {
          let data15 = data9.readOnly;
          if (typeof data15 != "boolean") {
            let err29 = { instancePath: instancePath + "/cleartext/readOnly", schemaPath: "#/definitions/BlockDevice/properties/readOnly/type", keyword: "type", params: { type: "boolean" }, schema: schema22.properties.readOnly.type, parentSchema: schema22.properties.readOnly, data: data15 };
            vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
          }
        }
        if (data9.sequence !== void 0) {
          let data16 = data9.sequence;
          if (typeof data16 != "string") {
            let err30 = { instancePath: instancePath + "/cleartext/sequence", schemaPath: "#/definitions/BlockDevice/properties/sequence/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.sequence.type, parentSchema: schema22.properties.sequence, data: data16 };
            vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
          }
        }
      } else {
        let err31 = { instancePath: instancePath + "/cleartext", schemaPath: "#/definitions/BlockDevice/type", keyword: "type", params: { type: "object" }, schema: schema22.type, parentSchema: schema22, data: data9 };
        vErrors === null ? vErrors = [err31] : vErrors.push(err31), errors++;
      }
      var _valid0 = _errs22 === errors;
      if (valid5 = valid5 || _valid0, !valid5) {
        let _errs39 = errors;
        if (data9 !== null) {
          let err32 = { instancePath: instancePath + "/cleartext", schemaPath: "#/properties/cleartext/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema21.properties.cleartext.anyOf[1].type, parentSchema: schema21.properties.cleartext.anyOf[1], data: data9 };
          vErrors === null ? vErrors = [err32] : vErrors.push(err32), errors++;
        }
        var _valid0 = _errs39 === errors;
        valid5 = valid5 || _valid0;
      }
      if (valid5)
        errors = _errs21, vErrors !== null && (_errs21 ? vErrors.length = _errs21 : vErrors = null);
      else {
        let err33 = { instancePath: instancePath + "/cleartext", schemaPath: "#/properties/cleartext/anyOf", keyword: "anyOf", params: {}, schema: schema21.properties.cleartext.anyOf, parentSchema: schema21.properties.cleartext, data: data9 };
        vErrors === null ? vErrors = [err33] : vErrors.push(err33), errors++;
      }
    }
    if (data.namesake !== void 0) {
      let data17 = data.namesake, _errs42 = errors, valid8 = !1, _errs43 = errors;
      if (data17 && typeof data17 == "object" && !Array.isArray(data17)) {
        if (data17.path === void 0) {
          let err34 = { instancePath: instancePath + "/namesake", schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "path" }, schema: schema22.required, parentSchema: schema22, data: data17 };
          vErrors === null ? vErrors = [err34] : vErrors.push(err34), errors++;
        }
        if (data17.type === void 0) {
          let err35 = { instancePath: instancePath + "/namesake", schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "type" }, schema: schema22.required, parentSchema: schema22, data: data17 };
          vErrors === null ? vErrors = [err35] : vErrors.push(err35), errors++;
        }
        if (data17.fsType === void 0) {
          let err36 = { instancePath: instancePath + "/namesake", schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "fsType" }, schema: schema22.required, parentSchema: schema22, data: data17 };
          vErrors === null ? vErrors = [err36] : vErrors.push(err36), errors++;
        }
        if (data17.uuid === void 0) {
          let err37 = { instancePath: instancePath + "/namesake", schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "uuid" }, schema: schema22.required, parentSchema: schema22, data: data17 };
          vErrors === null ? vErrors = [err37] : vErrors.push(err37), errors++;
        }
        if (data17.label === void 0) {
          let err38 = { instancePath: instancePath + "/namesake", schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "label" }, schema: schema22.required, parentSchema: schema22, data: data17 };
          vErrors === null ? vErrors = [err38] : vErrors.push(err38), errors++;
        }
        if (data17.readOnly === void 0) {
          let err39 = { instancePath: instancePath + "/namesake", schemaPath: "#/definitions/BlockDevice/required", keyword: "required", params: { missingProperty: "readOnly" }, schema: schema22.required, parentSchema: schema22, data: data17 };
          vErrors === null ? vErrors = [err39] : vErrors.push(err39), errors++;
        }
        if (data17.path !== void 0) {
          let data18 = data17.path;
          if (typeof data18 != "string") {
            let err40 = { instancePath: instancePath + "/namesake/path", schemaPath: "#/definitions/BlockDevice/properties/path/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.path.type, parentSchema: schema22.properties.path, data: data18 };
            vErrors === null ? vErrors = [err40] : vErrors.push(err40), errors++;
          }
        }
        if (data17.type !== void 0) {
          let data19 = data17.type;
          if (typeof data19 != "string") {
            let err41 = { instancePath: instancePath + "/namesake/type", schemaPath: "#/definitions/BlockDevice/properties/type/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.type.type, parentSchema: schema22.properties.type, data: data19 };
            vErrors === null ? vErrors = [err41] : vErrors.push(err41), errors++;
          }
        }
        if (data17.fsType !== void 0) {
          let data20 = data17.fsType;
          if (typeof data20 != "string") {
            let err42 = { instancePath: instancePath + "/namesake/fsType", schemaPath: "#/definitions/BlockDevice/properties/fsType/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.fsType.type, parentSchema: schema22.properties.fsType, data: data20 };
            vErrors === null ? vErrors = [err42] : vErrors.push(err42), errors++;
          }
        }
        if (data17.uuid !== void 0) {
          let data21 = data17.uuid;
          if (typeof data21 != "string") {
            let err43 = { instancePath: instancePath + "/namesake/uuid", schemaPath: "#/definitions/BlockDevice/properties/uuid/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.uuid.type, parentSchema: schema22.properties.uuid, data: data21 };
            vErrors === null ? vErrors = [err43] : vErrors.push(err43), errors++;
          }
        }
        if (data17.label !== void 0) {
          let data22 = data17.label;
          if (typeof data22 != "string") {
            let err44 = { instancePath: instancePath + "/namesake/label", schemaPath: "#/definitions/BlockDevice/properties/label/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.label.type, parentSchema: schema22.properties.label, data: data22 };
            vErrors === null ? vErrors = [err44] : vErrors.push(err44), errors++;
          }
        }
        if (data17.readOnly !== void 0) {
          let data23 = data17.readOnly;
          if (typeof data23 != "boolean") {
            let err45 = { instancePath: instancePath + "/namesake/readOnly", schemaPath: "#/definitions/BlockDevice/properties/readOnly/type", keyword: "type", params: { type: "boolean" }, schema: schema22.properties.readOnly.type, parentSchema: schema22.properties.readOnly, data: data23 };
            vErrors === null ? vErrors = [err45] : vErrors.push(err45), errors++;
          }
        }
        if (data17.sequence !== void 0) {
          let data24 = data17.sequence;
          if (typeof data24 != "string") {
            let err46 = { instancePath: instancePath + "/namesake/sequence", schemaPath: "#/definitions/BlockDevice/properties/sequence/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.sequence.type, parentSchema: schema22.properties.sequence, data: data24 };
            vErrors === null ? vErrors = [err46] : vErrors.push(err46), errors++;
          }
        }
      } else {
        let err47 = { instancePath: instancePath + "/namesake", schemaPath: "#/definitions/BlockDevice/type", keyword: "type", params: { type: "object" }, schema: schema22.type, parentSchema: schema22, data: data17 };
        vErrors === null ? vErrors = [err47] : vErrors.push(err47), errors++;
      }
      var _valid1 = _errs43 === errors;
      if (valid8 = valid8 || _valid1, !valid8) {
        let _errs60 = errors;
        if (data17 !== null) {
          let err48 = { instancePath: instancePath + "/namesake", schemaPath: "#/properties/namesake/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema21.properties.namesake.anyOf[1].type, parentSchema: schema21.properties.namesake.anyOf[1], data: data17 };
          vErrors === null ? vErrors = [err48] : vErrors.push(err48), errors++;
        }
        var _valid1 = _errs60 === errors;
        valid8 = valid8 || _valid1;
      }
      if (valid8)
        errors = _errs42, vErrors !== null && (_errs42 ? vErrors.length = _errs42 : vErrors = null);
      else {
        let err49 = { instancePath: instancePath + "/namesake", schemaPath: "#/properties/namesake/anyOf", keyword: "anyOf", params: {}, schema: schema21.properties.namesake.anyOf, parentSchema: schema21.properties.namesake, data: data17 };
        vErrors === null ? vErrors = [err49] : vErrors.push(err49), errors++;
      }
    }
    if (data.opened !== void 0) {
      let data25 = data.opened;
      if (data25 && typeof data25 == "object" && !Array.isArray(data25)) {
        if (data25.run === void 0) {
          let err50 = { instancePath: instancePath + "/opened", schemaPath: "#/definitions/OpenedDrive/required", keyword: "required", params: { missingProperty: "run" }, schema: schema25.required, parentSchema: schema25, data: data25 };
          vErrors === null ? vErrors = [err50] : vErrors.push(err50), errors++;
        }
        if (data25.unlockedAt === void 0) {
          let err51 = { instancePath: instancePath + "/opened", schemaPath: "#/definitions/OpenedDrive/required", keyword: "required", params: { missingProperty: "unlockedAt" }, schema: schema25.required, parentSchema: schema25, data: data25 };
          vErrors === null ? vErrors = [err51] : vErrors.push(err51), errors++;
        }
        if (data25.mountedAt === void 0) {
          let err52 = { instancePath: instancePath + "/opened", schemaPath: "#/definitions/OpenedDrive/required", keyword: "required", params: { missingProperty: "mountedAt" }, schema: schema25.required, parentSchema: schema25, data: data25 };
          vErrors === null ? vErrors = [err52] : vErrors.push(err52), errors++;
        }
        if (data25.kept === void 0) {
          let err53 = { instancePath: instancePath + "/opened", schemaPath: "#/definitions/OpenedDrive/required", keyword: "required", params: { missingProperty: "kept" }, schema: schema25.required, parentSchema: schema25, data: data25 };
          vErrors === null ? vErrors = [err53] : vErrors.push(err53), errors++;
        }
        if (data25.users === void 0) {
          let err54 = { instancePath: instancePath + "/opened", schemaPath: "#/definitions/OpenedDrive/required", keyword: "required", params: { missingProperty: "users" }, schema: schema25.required, parentSchema: schema25, data: data25 };
          vErrors === null ? vErrors = [err54] : vErrors.push(err54), errors++;
        }
        if (data25.run !== void 0) {
          let data26 = data25.run;
          if (typeof data26 != "string") {
            let err55 = { instancePath: instancePath + "/opened/run", schemaPath: "#/definitions/OpenedDrive/properties/run/type", keyword: "type", params: { type: "string" }, schema: schema25.properties.run.type, parentSchema: schema25.properties.run, data: data26 };
            vErrors === null ? vErrors = [err55] : vErrors.push(err55), errors++;
          }
        }
        if (data25.unlockedAt !== void 0) {
          let data27 = data25.unlockedAt;
          if (typeof data27 != "string" && data27 !== null) {
            let err56 = { instancePath: instancePath + "/opened/unlockedAt", schemaPath: "#/definitions/OpenedDrive/properties/unlockedAt/type", keyword: "type", params: { type: schema25.properties.unlockedAt.type }, schema: schema25.properties.unlockedAt.type, parentSchema: schema25.properties.unlockedAt, data: data27 };
            vErrors === null ? vErrors = [err56] : vErrors.push(err56), errors++;
          }
        }
        if (data25.mountedAt !== void 0) {
          let data28 = data25.mountedAt;
          if (typeof data28 != "string" && data28 !== null) {
            let err57 = { instancePath: instancePath + "/opened/mountedAt", schemaPath: "#/definitions/OpenedDrive/properties/mountedAt/type", keyword: "type", params: { type: schema25.properties.mountedAt.type }, schema: schema25.properties.mountedAt.type, parentSchema: schema25.properties.mountedAt, data: data28 };
            vErrors === null ? vErrors = [err57] : vErrors.push(err57), errors++;
          }
        }
        if (data25.kept !== void 0) {
          let data29 = data25.kept;
          if (typeof data29 != "boolean") {
            let err58 = { instancePath: instancePath + "/opened/kept", schemaPath: "#/definitions/OpenedDrive/properties/kept/type", keyword: "type", params: { type: "boolean" }, schema: schema25.properties.kept.type, parentSchema: schema25.properties.kept, data: data29 };
            vErrors === null ? vErrors = [err58] : vErrors.push(err58), errors++;
          }
        }
        if (data25.users !== void 0) {
          let data30 = data25.users;
          if (Array.isArray(data30)) {
            let len1 = data30.length;
            for (let i1 = 0; i1 < len1; i1++) {
              let data31 = data30[i1];
              if (typeof data31 != "string") {
                let err59 = { instancePath: instancePath + "/opened/users/" + i1, schemaPath: "#/definitions/OpenedDrive/properties/users/items/type", keyword: "type", params: { type: "string" }, schema: schema25.properties.users.items.type, parentSchema: schema25.properties.users.items, data: data31 };
                vErrors === null ? vErrors = [err59] : vErrors.push(err59), errors++;
              }
            }
          } else {
            let err60 = { instancePath: instancePath + "/opened/users", schemaPath: "#/definitions/OpenedDrive/properties/users/type", keyword: "type", params: { type: "array" }, schema: schema25.properties.users.type, parentSchema: schema25.properties.users, data: data30 };
            vErrors === null ? vErrors = [err60] : vErrors.push(err60), errors++;
          }
        }
      } else {
        let err61 = { instancePath: instancePath + "/opened", schemaPath: "#/definitions/OpenedDrive/type", keyword: "type", params: { type: "object" }, schema: schema25.type, parentSchema: schema25, data: data25 };
        vErrors === null ? vErrors = [err61] : vErrors.push(err61), errors++;
      }
    }
  } else {
    let err62 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema21.type, parentSchema: schema21, data };
    vErrors === null ? vErrors = [err62] : vErrors.push(err62), errors++;
  }
  return validate21.errors = vErrors, errors === 0;
}
function validate18(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.path === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "path" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.directory === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "directory" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.sentinel === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "sentinel" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.unmountedFstabTarget === void 0) {
      let err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "unmountedFstabTarget" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.path !== void 0) {
      let data0 = data.path;
      if (typeof data0 != "string" && data0 !== null) {
        let err4 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/type", keyword: "type", params: { type: schema18.properties.path.type }, schema: schema18.properties.path.type, parentSchema: schema18.properties.path, data: data0 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
    if (data.directory !== void 0) {
      let data1 = data.directory, _errs4 = errors, valid1 = !1, _errs5 = errors;
      validate19(data1, { instancePath: instancePath + "/directory", parentData: data, parentDataProperty: "directory", rootData }) || (vErrors = vErrors === null ? validate19.errors : vErrors.concat(validate19.errors), errors = vErrors.length);
      var _valid0 = _errs5 === errors;
      if (valid1 = valid1 || _valid0, !valid1) {
        let _errs6 = errors;
        if (data1 !== null) {
          let err5 = { instancePath: instancePath + "/directory", schemaPath: "#/properties/directory/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema18.properties.directory.anyOf[1].type, parentSchema: schema18.properties.directory.anyOf[1], data: data1 };
          vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
        }
        var _valid0 = _errs6 === errors;
        valid1 = valid1 || _valid0;
      }
      if (valid1)
        errors = _errs4, vErrors !== null && (_errs4 ? vErrors.length = _errs4 : vErrors = null);
      else {
        let err6 = { instancePath: instancePath + "/directory", schemaPath: "#/properties/directory/anyOf", keyword: "anyOf", params: {}, schema: schema18.properties.directory.anyOf, parentSchema: schema18.properties.directory, data: data1 };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
    if (data.sentinel !== void 0) {
      let data2 = data.sentinel;
      if (typeof data2 != "boolean") {
        let err7 = { instancePath: instancePath + "/sentinel", schemaPath: "#/properties/sentinel/type", keyword: "type", params: { type: "boolean" }, schema: schema18.properties.sentinel.type, parentSchema: schema18.properties.sentinel, data: data2 };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
    }
    if (data.unmountedFstabTarget !== void 0) {
      let data3 = data.unmountedFstabTarget;
      if (typeof data3 != "string" && data3 !== null) {
        let err8 = { instancePath: instancePath + "/unmountedFstabTarget", schemaPath: "#/properties/unmountedFstabTarget/type", keyword: "type", params: { type: schema18.properties.unmountedFstabTarget.type }, schema: schema18.properties.unmountedFstabTarget.type, parentSchema: schema18.properties.unmountedFstabTarget, data: data3 };
        vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
      }
    }
    data.drive !== void 0 && (validate21(data.drive, { instancePath: instancePath + "/drive", parentData: data, parentDataProperty: "drive", rootData }) || (vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors), errors = vErrors.length));
  } else {
    let err9 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema18.type, parentSchema: schema18, data };
    vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
  }
  return validate18.errors = vErrors, errors === 0;
}
var schema26 = { type: "object", properties: { path: { type: "string", description: "Absolute, `~` expanded, symlinks not resolved." }, directory: { anyOf: [{ $ref: "#/definitions/DirectoryFacts" }, { type: "null" }], description: "Null when there is no directory at `path`." }, sentinels: { type: "object", properties: { source: { type: "boolean" }, destination: { type: "boolean" } }, required: ["source", "destination"] }, latest: { $ref: "#/definitions/LatestFacts" }, snapshots: { anyOf: [{ type: "object", additionalProperties: { $ref: "#/definitions/SnapshotEntry" } }, { type: "null" }], description: "Entries of `snapshots/` by name, whatever they are; null when there is no such directory." }, staging: { anyOf: [{ $ref: "#/definitions/DirectoryFacts" }, { type: "null" }], description: "`staging/` of the btrfs mode." }, leftovers: { type: "array", items: { type: "string" }, description: "Entries named `.nbkp-…` other than sentinels and the lock: what a dead run may have left." } }, required: ["path", "directory", "sentinels", "latest", "snapshots", "staging", "leftovers"] }, schema27 = { anyOf: [{ type: "object", properties: { kind: { type: "string", const: "absent" } }, required: ["kind"] }, { type: "object", properties: { kind: { type: "string", const: "none-yet" } }, required: ["kind"] }, { type: "object", properties: { kind: { type: "string", const: "snapshot" }, name: { type: "string" } }, required: ["kind", "name"] }, { type: "object", properties: { kind: { type: "string", const: "foreign" }, target: { type: ["string", "null"] } }, required: ["kind", "target"] }], description: "What `latest` is. `name` is the last part of a link `snapshots/NAME`." }, schema28 = { type: "object", properties: { kind: { type: "string", enum: ["directory", "subvolume", "symlink", "file", "other"] } }, required: ["kind"] };
function validate24(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.path === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "path" }, schema: schema26.required, parentSchema: schema26, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.directory === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "directory" }, schema: schema26.required, parentSchema: schema26, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.sentinels === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "sentinels" }, schema: schema26.required, parentSchema: schema26, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.latest === void 0) {
      let err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "latest" }, schema: schema26.required, parentSchema: schema26, data };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.snapshots === void 0) {
      let err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "snapshots" }, schema: schema26.required, parentSchema: schema26, data };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.staging === void 0) {
      let err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "staging" }, schema: schema26.required, parentSchema: schema26, data };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
    if (data.leftovers === void 0) {
      let err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "leftovers" }, schema: schema26.required, parentSchema: schema26, data };
      vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
    }
    if (data.path !== void 0) {
      let data0 = data.path;
      if (typeof data0 != "string") {
        let err7 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/type", keyword: "type", params: { type: "string" }, schema: schema26.properties.path.type, parentSchema: schema26.properties.path, data: data0 };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
    }
    if (data.directory !== void 0) {
      let data1 = data.directory, _errs4 = errors, valid1 = !1, _errs5 = errors;
      validate19(data1, { instancePath: instancePath + "/directory", parentData: data, parentDataProperty: "directory", rootData }) || (vErrors = vErrors === null ? validate19.errors : vErrors.concat(validate19.errors), errors = vErrors.length);
      var _valid0 = _errs5 === errors;
      if (valid1 = valid1 || _valid0, !valid1) {
        let _errs6 = errors;
        if (data1 !== null) {
          let err8 = { instancePath: instancePath + "/directory", schemaPath: "#/properties/directory/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema26.properties.directory.anyOf[1].type, parentSchema: schema26.properties.directory.anyOf[1], data: data1 };
          vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
        }
        var _valid0 = _errs6 === errors;
        valid1 = valid1 || _valid0;
      }
      if (valid1)
        errors = _errs4, vErrors !== null && (_errs4 ? vErrors.length = _errs4 : vErrors = null);
      else {
        let err9 = { instancePath: instancePath + "/directory", schemaPath: "#/properties/directory/anyOf", keyword: "anyOf", params: {}, schema: schema26.properties.directory.anyOf, parentSchema: schema26.properties.directory, data: data1 };
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
    }
    if (data.sentinels !== void 0) {
      let data2 = data.sentinels;
      if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
        if (data2.source === void 0) {
          let err10 = { instancePath: instancePath + "/sentinels", schemaPath: "#/properties/sentinels/required", keyword: "required", params: { missingProperty: "source" }, schema: schema26.properties.sentinels.required, parentSchema: schema26.properties.sentinels, data: data2 };
          vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
        }
        if (data2.destination === void 0) {
          let err11 = { instancePath: instancePath + "/sentinels", schemaPath: "#/properties/sentinels/required", keyword: "required", params: { missingProperty: "destination" }, schema: schema26.properties.sentinels.required, parentSchema: schema26.properties.sentinels, data: data2 };
          vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
        }
        if (data2.source !== void 0) {
          let data3 = data2.source;
          if (typeof data3 != "boolean") {
            let err12 = { instancePath: instancePath + "/sentinels/source", schemaPath: "#/properties/sentinels/properties/source/type", keyword: "type", params: { type: "boolean" }, schema: schema26.properties.sentinels.properties.source.type, parentSchema: schema26.properties.sentinels.properties.source, data: data3 };
            vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
          }
        }
        if (data2.destination !== void 0) {
          let data4 = data2.destination;
          if (typeof data4 != "boolean") {
            let err13 = { instancePath: instancePath + "/sentinels/destination", schemaPath: "#/properties/sentinels/properties/destination/type", keyword: "type", params: { type: "boolean" }, schema: schema26.properties.sentinels.properties.destination.type, parentSchema: schema26.properties.sentinels.properties.destination, data: data4 };
            vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
          }
        }
      } else {
        let err14 = { instancePath: instancePath + "/sentinels", schemaPath: "#/properties/sentinels/type", keyword: "type", params: { type: "object" }, schema: schema26.properties.sentinels.type, parentSchema: schema26.properties.sentinels, data: data2 };
        vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
      }
    }
    if (data.latest !== void 0) {
      let data5 = data.latest, _errs16 = errors, valid4 = !1, _errs17 = errors;
      if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
        if (data5.kind === void 0) {
          let err15 = { instancePath: instancePath + "/latest", schemaPath: "#/definitions/LatestFacts/anyOf/0/required", keyword: "required", params: { missingProperty: "kind" }, schema: schema27.anyOf[0].required, parentSchema: schema27.anyOf[0], data: data5 };
          vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
        }
        if (data5.kind !== void 0) {
          let data6 = data5.kind;
          if (typeof data6 != "string") {
            let err16 = { instancePath: instancePath + "/latest/kind", schemaPath: "#/definitions/LatestFacts/anyOf/0/properties/kind/type", keyword: "type", params: { type: "string" }, schema: schema27.anyOf[0].properties.kind.type, parentSchema: schema27.anyOf[0].properties.kind, data: data6 };
            vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
          }
          if (data6 !== "absent") {
            let err17 = { instancePath: instancePath + "/latest/kind", schemaPath: "#/definitions/LatestFacts/anyOf/0/properties/kind/const", keyword: "const", params: { allowedValue: "absent" }, schema: "absent", parentSchema: schema27.anyOf[0].properties.kind, data: data6 };
            vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
          }
        }
      } else {
        let err18 = { instancePath: instancePath + "/latest", schemaPath: "#/definitions/LatestFacts/anyOf/0/type", keyword: "type", params: { type: "object" }, schema: schema27.anyOf[0].type, parentSchema: schema27.anyOf[0], data: data5 };
        vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
      }
      var _valid1 = _errs17 === errors;
      if (valid4 = valid4 || _valid1, !valid4) {
        let _errs21 = errors;
        if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
          if (data5.kind === void 0) {
            let err19 = { instancePath: instancePath + "/latest", schemaPath: "#/definitions/LatestFacts/anyOf/1/required", keyword: "required", params: { missingProperty: "kind" }, schema: schema27.anyOf[1].required, parentSchema: schema27.anyOf[1], data: data5 };
            vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
          }
          if (data5.kind !== void 0) {
            let data7 = data5.kind;
            if (typeof data7 != "string") {
              let err20 = { instancePath: instancePath + "/latest/kind", schemaPath: "#/definitions/LatestFacts/anyOf/1/properties/kind/type", keyword: "type", params: { type: "string" }, schema: schema27.anyOf[1].properties.kind.type, parentSchema: schema27.anyOf[1].properties.kind, data: data7 };
              vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
            }
            if (data7 !== "none-yet") {
              let err21 = { instancePath: instancePath + "/latest/kind", schemaPath: "#/definitions/LatestFacts/anyOf/1/properties/kind/const", keyword: "const", params: { allowedValue: "none-yet" }, schema: "none-yet", parentSchema: schema27.anyOf[1].properties.kind, data: data7 };
              vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
            }
          }
        } else {
          let err22 = { instancePath: instancePath + "/latest", schemaPath: "#/definitions/LatestFacts/anyOf/1/type", keyword: "type", params: { type: "object" }, schema: schema27.anyOf[1].type, parentSchema: schema27.anyOf[1], data: data5 };
          vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
        }
        var _valid1 = _errs21 === errors;
        if (valid4 = valid4 || _valid1, !valid4) {
          let _errs25 = errors;
          if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
            if (data5.kind === void 0) {
              let err23 = { instancePath: instancePath + "/latest", schemaPath: "#/definitions/LatestFacts/anyOf/2/required", keyword: "required", params: { missingProperty: "kind" }, schema: schema27.anyOf[2].required, parentSchema: schema27.anyOf[2], data: data5 };
              vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
            }
            if (data5.name === void 0) {
              let err24 = { instancePath: instancePath + "/latest", schemaPath: "#/definitions/LatestFacts/anyOf/2/required", keyword: "required", params: { missingProperty: "name" }, schema: schema27.anyOf[2].required, parentSchema: schema27.anyOf[2], data: data5 };
              vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
            }
            if (data5.kind !== void 0) {
              let data8 = data5.kind;
              if (typeof data8 != "string") {
                let err25 = { instancePath: instancePath + "/latest/kind", schemaPath: "#/definitions/LatestFacts/anyOf/2/properties/kind/type", keyword: "type", params: { type: "string" }, schema: schema27.anyOf[2].properties.kind.type, parentSchema: schema27.anyOf[2].properties.kind, data: data8 };
                vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
              }
              if (data8 !== "snapshot") {
                let err26 = { instancePath: instancePath + "/latest/kind", schemaPath: "#/definitions/LatestFacts/anyOf/2/properties/kind/const", keyword: "const", params: { allowedValue: "snapshot" }, schema: "snapshot", parentSchema: schema27.anyOf[2].properties.kind, data: data8 };
                vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
              }
            }
            if (data5.name !== void 0) {
              let data9 = data5.name;
              if (typeof data9 != "string") {
                let err27 = { instancePath: instancePath + "/latest/name", schemaPath: "#/definitions/LatestFacts/anyOf/2/properties/name/type", keyword: "type", params: { type: "string" }, schema: schema27.anyOf[2].properties.name.type, parentSchema: schema27.anyOf[2].properties.name, data: data9 };
                vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
              }
            }
          } else {
            let err28 = { instancePath: instancePath + "/latest", schemaPath: "#/definitions/LatestFacts/anyOf/2/type", keyword: "type", params: { type: "object" }, schema: schema27.anyOf[2].type, parentSchema: schema27.anyOf[2], data: data5 };
            vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
          }
          var _valid1 = _errs25 === errors;
          if (valid4 = valid4 || _valid1, !valid4) {
            let _errs31 = errors;
            if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
              if (data5.kind === void 0) {
                let err29 = { instancePath: instancePath + "/latest", schemaPath: "#/definitions/LatestFacts/anyOf/3/required", keyword: "required", params: { missingProperty: "kind" }, schema: schema27.anyOf[3].required, parentSchema: schema27.anyOf[3], data: data5 };
                vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
              }
              if (data5.target === void 0) {
                let err30 = { instancePath: instancePath + "/latest", schemaPath: "#/definitions/LatestFacts/anyOf/3/required", keyword: "required", params: { missingProperty: "target" }, schema: schema27.anyOf[3].required, parentSchema: schema27.anyOf[3], data: data5 };
                vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
              }
              if (data5.kind !== void 0) {
                let data10 = data5.kind;
                if (typeof data10 != "string") {
                  let err31 = { instancePath: instancePath + "/latest/kind", schemaPath: "#/definitions/LatestFacts/anyOf/3/properties/kind/type", keyword: "type", params: { type: "string" }, schema: schema27.anyOf[3].properties.kind.type, parentSchema: schema27.anyOf[3].properties.kind, data: data10 };
                  vErrors === null ? vErrors = [err31] : vErrors.push(err31), errors++;
                }
                if (data10 !== "foreign") {
                  let err32 = { instancePath: instancePath + "/latest/kind", schemaPath: "#/definitions/LatestFacts/anyOf/3/properties/kind/const", keyword: "const", params: { allowedValue: "foreign" }, schema: "foreign", parentSchema: schema27.anyOf[3].properties.kind, data: data10 };
                  vErrors === null ? vErrors = [err32] : vErrors.push(err32), errors++;
                }
              }
              if (data5.target !== void 0) {
                let data11 = data5.target;
                if (typeof data11 != "string" && data11 !== null) {
                  let err33 = { instancePath: instancePath + "/latest/target", schemaPath: "#/definitions/LatestFacts/anyOf/3/properties/target/type", keyword: "type", params: { type: schema27.anyOf[3].properties.target.type }, schema: schema27.anyOf[3].properties.target.type, parentSchema: schema27.anyOf[3].properties.target, data: data11 };
                  vErrors === null ? vErrors = [err33] : vErrors.push(err33), errors++;
                }
              }
            } else {
              let err34 = { instancePath: instancePath + "/latest", schemaPath: "#/definitions/LatestFacts/anyOf/3/type", keyword: "type", params: { type: "object" }, schema: schema27.anyOf[3].type, parentSchema: schema27.anyOf[3], data: data5 };
              vErrors === null ? vErrors = [err34] : vErrors.push(err34), errors++;
            }
            var _valid1 = _errs31 === errors;
            valid4 = valid4 || _valid1;
          }
        }
      }
      if (valid4)
        errors = _errs16, vErrors !== null && (_errs16 ? vErrors.length = _errs16 : vErrors = null);
      else {
        let err35 = { instancePath: instancePath + "/latest", schemaPath: "#/definitions/LatestFacts/anyOf", keyword: "anyOf", params: {}, schema: schema27.anyOf, parentSchema: schema27, data: data5 };
        vErrors === null ? vErrors = [err35] : vErrors.push(err35), errors++;
      }
    }
    if (data.snapshots !== void 0) {
      let data12 = data.snapshots, _errs38 = errors, valid9 = !1, _errs39 = errors;
      if (data12 && typeof data12 == "object" && !Array.isArray(data12))
        for (let key0 in data12) {
          let data13 = data12[key0];
          if (data13 && typeof data13 == "object" && !Array.isArray(data13)) {
            if (data13.kind === void 0) {
              let err36 = { instancePath: instancePath + "/snapshots/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/SnapshotEntry/required", keyword: "required", params: { missingProperty: "kind" }, schema: schema28.required, parentSchema: schema28, data: data13 };
              vErrors === null ? vErrors = [err36] : vErrors.push(err36), errors++;
            }
            if (data13.kind !== void 0) {
              let data14 = data13.kind;
              if (typeof data14 != "string") {
                let err37 = { instancePath: instancePath + "/snapshots/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/kind", schemaPath: "#/definitions/SnapshotEntry/properties/kind/type", keyword: "type", params: { type: "string" }, schema: schema28.properties.kind.type, parentSchema: schema28.properties.kind, data: data14 };
                vErrors === null ? vErrors = [err37] : vErrors.push(err37), errors++;
              }
              if (!(data14 === "directory" || data14 === "subvolume" || data14 === "symlink" || data14 === "file" || data14 === "other")) {
                let err38 = { instancePath: instancePath + "/snapshots/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/kind", schemaPath: "#/definitions/SnapshotEntry/properties/kind/enum", keyword: "enum", params: { allowedValues: schema28.properties.kind.enum }, schema: schema28.properties.kind.enum, parentSchema: schema28.properties.kind, data: data14 };
                vErrors === null ? vErrors = [err38] : vErrors.push(err38), errors++;
              }
            }
          } else {
            let err39 = { instancePath: instancePath + "/snapshots/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/SnapshotEntry/type", keyword: "type", params: { type: "object" }, schema: schema28.type, parentSchema: schema28, data: data13 };
            vErrors === null ? vErrors = [err39] : vErrors.push(err39), errors++;
          }
        }
      else {
        let err40 = { instancePath: instancePath + "/snapshots", schemaPath: "#/properties/snapshots/anyOf/0/type", keyword: "type", params: { type: "object" }, schema: schema26.properties.snapshots.anyOf[0].type, parentSchema: schema26.properties.snapshots.anyOf[0], data: data12 };
        vErrors === null ? vErrors = [err40] : vErrors.push(err40), errors++;
      }
      var _valid2 = _errs39 === errors;
      if (valid9 = valid9 || _valid2, !valid9) {
        let _errs47 = errors;
        if (data12 !== null) {
          let err41 = { instancePath: instancePath + "/snapshots", schemaPath: "#/properties/snapshots/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema26.properties.snapshots.anyOf[1].type, parentSchema: schema26.properties.snapshots.anyOf[1], data: data12 };
          vErrors === null ? vErrors = [err41] : vErrors.push(err41), errors++;
        }
        var _valid2 = _errs47 === errors;
        valid9 = valid9 || _valid2;
      }
      if (valid9)
        errors = _errs38, vErrors !== null && (_errs38 ? vErrors.length = _errs38 : vErrors = null);
      else {
        let err42 = { instancePath: instancePath + "/snapshots", schemaPath: "#/properties/snapshots/anyOf", keyword: "anyOf", params: {}, schema: schema26.properties.snapshots.anyOf, parentSchema: schema26.properties.snapshots, data: data12 };
        vErrors === null ? vErrors = [err42] : vErrors.push(err42), errors++;
      }
    }
    if (data.staging !== void 0) {
      let data15 = data.staging, _errs50 = errors, valid13 = !1, _errs51 = errors;
      validate19(data15, { instancePath: instancePath + "/staging", parentData: data, parentDataProperty: "staging", rootData }) || (vErrors = vErrors === null ? validate19.errors : vErrors.concat(validate19.errors), errors = vErrors.length);
      var _valid3 = _errs51 === errors;
      if (valid13 = valid13 || _valid3, !valid13) {
        let _errs52 = errors;
        if (data15 !== null) {
          let err43 = { instancePath: instancePath + "/staging", schemaPath: "#/properties/staging/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema26.properties.staging.anyOf[1].type, parentSchema: schema26.properties.staging.anyOf[1], data: data15 };
          vErrors === null ? vErrors = [err43] : vErrors.push(err43), errors++;
        }
        var _valid3 = _errs52 === errors;
        valid13 = valid13 || _valid3;
      }
      if (valid13)
        errors = _errs50, vErrors !== null && (_errs50 ? vErrors.length = _errs50 : vErrors = null);
      else {
        let err44 = { instancePath: instancePath + "/staging", schemaPath: "#/properties/staging/anyOf", keyword: "anyOf", params: {}, schema: schema26.properties.staging.anyOf, parentSchema: schema26.properties.staging, data: data15 };
        vErrors === null ? vErrors = [err44] : vErrors.push(err44), errors++;
      }
    }
    if (data.leftovers !== void 0) {
      let data16 = data.leftovers;
      if (Array.isArray(data16)) {
        let len0 = data16.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data17 = data16[i0];
          if (typeof data17 != "string") {
            let err45 = { instancePath: instancePath + "/leftovers/" + i0, schemaPath: "#/properties/leftovers/items/type", keyword: "type", params: { type: "string" }, schema: schema26.properties.leftovers.items.type, parentSchema: schema26.properties.leftovers.items, data: data17 };
            vErrors === null ? vErrors = [err45] : vErrors.push(err45), errors++;
          }
        }
      } else {
        let err46 = { instancePath: instancePath + "/leftovers", schemaPath: "#/properties/leftovers/type", keyword: "type", params: { type: "array" }, schema: schema26.properties.leftovers.type, parentSchema: schema26.properties.leftovers, data: data16 };
        vErrors === null ? vErrors = [err46] : vErrors.push(err46), errors++;
      }
    }
  } else {
    let err47 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema26.type, parentSchema: schema26, data };
    vErrors === null ? vErrors = [err47] : vErrors.push(err47), errors++;
  }
  return validate24.errors = vErrors, errors === 0;
}
var schema29 = { type: "object", properties: { since: { type: "string", description: "ISO 8601, UTC: the first run that knew this sync. Older records do not have it." }, lastRun: { anyOf: [{ type: "object", properties: { run: { type: "string" }, outcome: { $ref: "#/definitions/SyncOutcome" }, at: { type: "string" } }, required: ["run", "outcome", "at"] }, { type: "null" }], description: "The last run that tried this sync." }, lastSuccess: { anyOf: [{ type: "object", properties: { run: { type: "string" }, at: { type: "string" }, snapshot: { type: ["string", "null"] }, entries: { type: ["number", "null"] }, mountTarget: { type: ["string", "null"] }, files: { type: "number", description: "Regular files that were transferred, and their bytes. Older records do not have them." }, bytes: { type: "number" } }, required: ["run", "at", "snapshot", "entries", "mountTarget"] }, { type: "null" }], description: "`mountTarget` is where the destination's file system was mounted then. `entries` counts the snapshot's." } }, required: ["lastRun", "lastSuccess"] }, schema30 = { type: "string", enum: ["succeeded", "failed", "refused", "locked", "interrupted", "skipped", "disabled", "blocked"], description: "What became of a sync in a run." };
function validate28(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.lastRun === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "lastRun" }, schema: schema29.required, parentSchema: schema29, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.lastSuccess === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "lastSuccess" }, schema: schema29.required, parentSchema: schema29, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.since !== void 0) {
      let data0 = data.since;
      if (typeof data0 != "string") {
        let err2 = { instancePath: instancePath + "/since", schemaPath: "#/properties/since/type", keyword: "type", params: { type: "string" }, schema: schema29.properties.since.type, parentSchema: schema29.properties.since, data: data0 };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
    }
    if (data.lastRun !== void 0) {
      let data1 = data.lastRun, _errs4 = errors, valid1 = !1, _errs5 = errors;
      if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
        if (data1.run === void 0) {
          let err3 = { instancePath: instancePath + "/lastRun", schemaPath: "#/properties/lastRun/anyOf/0/required", keyword: "required", params: { missingProperty: "run" }, schema: schema29.properties.lastRun.anyOf[0].required, parentSchema: schema29.properties.lastRun.anyOf[0], data: data1 };
          vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
        }
        if (data1.outcome === void 0) {
          let err4 = { instancePath: instancePath + "/lastRun", schemaPath: "#/properties/lastRun/anyOf/0/required", keyword: "required", params: { missingProperty: "outcome" }, schema: schema29.properties.lastRun.anyOf[0].required, parentSchema: schema29.properties.lastRun.anyOf[0], data: data1 };
          vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
        }
        if (data1.at === void 0) {
          let err5 = { instancePath: instancePath + "/lastRun", schemaPath: "#/properties/lastRun/anyOf/0/required", keyword: "required", params: { missingProperty: "at" }, schema: schema29.properties.lastRun.anyOf[0].required, parentSchema: schema29.properties.lastRun.anyOf[0], data: data1 };
          vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
        }
        if (data1.run !== void 0) {
          let data2 = data1.run;
          if (typeof data2 != "string") {
            let err6 = { instancePath: instancePath + "/lastRun/run", schemaPath: "#/properties/lastRun/anyOf/0/properties/run/type", keyword: "type", params: { type: "string" }, schema: schema29.properties.lastRun.anyOf[0].properties.run.type, parentSchema: schema29.properties.lastRun.anyOf[0].properties.run, data: data2 };
            vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
          }
        }
        if (data1.outcome !== void 0) {
          let data3 = data1.outcome;
          if (typeof data3 != "string") {
            let err7 = { instancePath: instancePath + "/lastRun/outcome", schemaPath: "#/definitions/SyncOutcome/type", keyword: "type", params: { type: "string" }, schema: schema30.type, parentSchema: schema30, data: data3 };
            vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
          }
          if (!(data3 === "succeeded" || data3 === "failed" || data3 === "refused" || data3 === "locked" || data3 === "interrupted" || data3 === "skipped" || data3 === "disabled" || data3 === "blocked")) {
            let err8 = { instancePath: instancePath + "/lastRun/outcome", schemaPath: "#/definitions/SyncOutcome/enum", keyword: "enum", params: { allowedValues: schema30.enum }, schema: schema30.enum, parentSchema: schema30, data: data3 };
            vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
          }
        }
        if (data1.at !== void 0) {
          let data4 = data1.at;
          if (typeof data4 != "string") {
            let err9 = { instancePath: instancePath + "/lastRun/at", schemaPath: "#/properties/lastRun/anyOf/0/properties/at/type", keyword: "type", params: { type: "string" }, schema: schema29.properties.lastRun.anyOf[0].properties.at.type, parentSchema: schema29.properties.lastRun.anyOf[0].properties.at, data: data4 };
            vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
          }
        }
      } else {
        let err10 = { instancePath: instancePath + "/lastRun", schemaPath: "#/properties/lastRun/anyOf/0/type", keyword: "type", params: { type: "object" }, schema: schema29.properties.lastRun.anyOf[0].type, parentSchema: schema29.properties.lastRun.anyOf[0], data: data1 };
        vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
      }
      var _valid0 = _errs5 === errors;
      if (valid1 = valid1 || _valid0, !valid1) {
        let _errs14 = errors;
        if (data1 !== null) {
          let err11 = { instancePath: instancePath + "/lastRun", schemaPath: "#/properties/lastRun/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema29.properties.lastRun.anyOf[1].type, parentSchema: schema29.properties.lastRun.anyOf[1], data: data1 };
          vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
        }
        var _valid0 = _errs14 === errors;
        valid1 = valid1 || _valid0;
      }
      if (valid1)
        errors = _errs4, vErrors !== null && (_errs4 ? vErrors.length = _errs4 : vErrors = null);
      else {
        let err12 = { instancePath: instancePath + "/lastRun", schemaPath: "#/properties/lastRun/anyOf", keyword: "anyOf", params: {}, schema: schema29.properties.lastRun.anyOf, parentSchema: schema29.properties.lastRun, data: data1 };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
    }
    if (data.lastSuccess !== void 0) {
      let data5 = data.lastSuccess, _errs17 = errors, valid4 = !1, _errs18 = errors;
      if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
        if (data5.run === void 0) {
          let err13 = { instancePath: instancePath + "/lastSuccess", schemaPath: "#/properties/lastSuccess/anyOf/0/required", keyword: "required", params: { missingProperty: "run" }, schema: schema29.properties.lastSuccess.anyOf[0].required, parentSchema: schema29.properties.lastSuccess.anyOf[0], data: data5 };
          vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
        }
        if (data5.at === void 0) {
          let err14 = { instancePath: instancePath + "/lastSuccess", schemaPath: "#/properties/lastSuccess/anyOf/0/required", keyword: "required", params: { missingProperty: "at" }, schema: schema29.properties.lastSuccess.anyOf[0].required, parentSchema: schema29.properties.lastSuccess.anyOf[0], data: data5 };
          vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
        }
        if (data5.snapshot === void 0) {
          let err15 = { instancePath: instancePath + "/lastSuccess", schemaPath: "#/properties/lastSuccess/anyOf/0/required", keyword: "required", params: { missingProperty: "snapshot" }, schema: schema29.properties.lastSuccess.anyOf[0].required, parentSchema: schema29.properties.lastSuccess.anyOf[0], data: data5 };
          vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
        }
        if (data5.entries === void 0) {
          let err16 = { instancePath: instancePath + "/lastSuccess", schemaPath: "#/properties/lastSuccess/anyOf/0/required", keyword: "required", params: { missingProperty: "entries" }, schema: schema29.properties.lastSuccess.anyOf[0].required, parentSchema: schema29.properties.lastSuccess.anyOf[0], data: data5 };
          vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
        }
        if (data5.mountTarget === void 0) {
          let err17 = { instancePath: instancePath + "/lastSuccess", schemaPath: "#/properties/lastSuccess/anyOf/0/required", keyword: "required", params: { missingProperty: "mountTarget" }, schema: schema29.properties.lastSuccess.anyOf[0].required, parentSchema: schema29.properties.lastSuccess.anyOf[0], data: data5 };
          vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
        }
        if (data5.run !== void 0) {
          let data6 = data5.run;
          if (typeof data6 != "string") {
            let err18 = { instancePath: instancePath + "/lastSuccess/run", schemaPath: "#/properties/lastSuccess/anyOf/0/properties/run/type", keyword: "type", params: { type: "string" }, schema: schema29.properties.lastSuccess.anyOf[0].properties.run.type, parentSchema: schema29.properties.lastSuccess.anyOf[0].properties.run, data: data6 };
            vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
          }
        }
        if (data5.at !== void 0) {
          let data7 = data5.at;
          if (typeof data7 != "string") {
            let err19 = { instancePath: instancePath + "/lastSuccess/at", schemaPath: "#/properties/lastSuccess/anyOf/0/properties/at/type", keyword: "type", params: { type: "string" }, schema: schema29.properties.lastSuccess.anyOf[0].properties.at.type, parentSchema: schema29.properties.lastSuccess.anyOf[0].properties.at, data: data7 };
            vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
          }
        }
        if (data5.snapshot !== void 0) {
          let data8 = data5.snapshot;
          if (typeof data8 != "string" && data8 !== null) {
            let err20 = { instancePath: instancePath + "/lastSuccess/snapshot", schemaPath: "#/properties/lastSuccess/anyOf/0/properties/snapshot/type", keyword: "type", params: { type: schema29.properties.lastSuccess.anyOf[0].properties.snapshot.type }, schema: schema29.properties.lastSuccess.anyOf[0].properties.snapshot.type, parentSchema: schema29.properties.lastSuccess.anyOf[0].properties.snapshot, data: data8 };
            vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
          }
        }
        if (data5.entries !== void 0) {
          let data9 = data5.entries;
          if (!(typeof data9 == "number" && isFinite(data9)) && data9 !== null) {
            let err21 = { instancePath: instancePath + "/lastSuccess/entries", schemaPath: "#/properties/lastSuccess/anyOf/0/properties/entries/type", keyword: "type", params: { type: schema29.properties.lastSuccess.anyOf[0].properties.entries.type }, schema: schema29.properties.lastSuccess.anyOf[0].properties.entries.type, parentSchema: schema29.properties.lastSuccess.anyOf[0].properties.entries, data: data9 };
            vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
          }
        }
        if (data5.mountTarget !== void 0) {
          let data10 = data5.mountTarget;
          if (typeof data10 != "string" && data10 !== null) {
            let err22 = { instancePath: instancePath + "/lastSuccess/mountTarget", schemaPath: "#/properties/lastSuccess/anyOf/0/properties/mountTarget/type", keyword: "type", params: { type: schema29.properties.lastSuccess.anyOf[0].properties.mountTarget.type }, schema: schema29.properties.lastSuccess.anyOf[0].properties.mountTarget.type, parentSchema: schema29.properties.lastSuccess.anyOf[0].properties.mountTarget, data: data10 };
            vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
          }
        }
        if (data5.files !== void 0) {
          let data11 = data5.files;
          if (!(typeof data11 == "number" && isFinite(data11))) {
            let err23 = { instancePath: instancePath + "/lastSuccess/files", schemaPath: "#/properties/lastSuccess/anyOf/0/properties/files/type", keyword: "type", params: { type: "number" }, schema: schema29.properties.lastSuccess.anyOf[0].properties.files.type, parentSchema: schema29.properties.lastSuccess.anyOf[0].properties.files, data: data11 };
            vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
          }
        }
        if (data5.bytes !== void 0) {
          let data12 = data5.bytes;
          if (!(typeof data12 == "number" && isFinite(data12))) {
            let err24 = { instancePath: instancePath + "/lastSuccess/bytes", schemaPath: "#/properties/lastSuccess/anyOf/0/properties/bytes/type", keyword: "type", params: { type: "number" }, schema: schema29.properties.lastSuccess.anyOf[0].properties.bytes.type, parentSchema: schema29.properties.lastSuccess.anyOf[0].properties.bytes, data: data12 };
            vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
          }
        }
      } else {
        let err25 = { instancePath: instancePath + "/lastSuccess", schemaPath: "#/properties/lastSuccess/anyOf/0/type", keyword: "type", params: { type: "object" }, schema: schema29.properties.lastSuccess.anyOf[0].type, parentSchema: schema29.properties.lastSuccess.anyOf[0], data: data5 };
        vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
      }
      var _valid1 = _errs18 === errors;
      if (valid4 = valid4 || _valid1, !valid4) {
        let _errs34 = errors;
        if (data5 !== null) {
          let err26 = { instancePath: instancePath + "/lastSuccess", schemaPath: "#/properties/lastSuccess/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema29.properties.lastSuccess.anyOf[1].type, parentSchema: schema29.properties.lastSuccess.anyOf[1], data: data5 };
          vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
        }
        var _valid1 = _errs34 === errors;
        valid4 = valid4 || _valid1;
      }
      if (valid4)
        errors = _errs17, vErrors !== null && (_errs17 ? vErrors.length = _errs17 : vErrors = null);
      else {
        let err27 = { instancePath: instancePath + "/lastSuccess", schemaPath: "#/properties/lastSuccess/anyOf", keyword: "anyOf", params: {}, schema: schema29.properties.lastSuccess.anyOf, parentSchema: schema29.properties.lastSuccess, data: data5 };
        vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
      }
    }
  } else {
    let err28 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema29.type, parentSchema: schema29, data };
    vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
  }
  return validate28.errors = vErrors, errors === 0;
}
var schema31 = { type: "object", properties: { files: { type: "number", description: "Regular files that would be transferred." }, bytes: { type: "number", description: 'Their bytes ("Total transferred file size").' }, creates: { type: "number", description: "Entries that would be created, of all kinds." }, updates: { type: "number", description: "Entries whose content or attributes would change." }, deletes: { type: "number" }, sourceEntries: { type: "number", description: "Entries of the source, and of what it was compared with." }, destinationEntries: { type: "number" }, items: { type: "array", items: { $ref: "#/definitions/PreviewItem" }, description: "The largest and the deleted entries, at most some hundreds; `truncated` when there were more." }, truncated: { type: "boolean" }, filters: { type: "array", items: { type: "string" }, description: "The filter rules that it was made with." }, inTheWay: { type: "object", properties: { count: { type: "number" }, paths: { type: "array", items: { type: "string" } } }, required: ["count", "paths"], description: "Of a restore: what would have to give way at its target although it is newer or of another kind." } }, required: ["files", "bytes", "creates", "updates", "deletes", "sourceEntries", "destinationEntries", "items", "truncated"], description: "A dry run of one transfer, compared with the last snapshot where there is one." }, schema32 = { type: "object", properties: { change: { type: "string", enum: ["create", "update", "delete"] }, path: { type: "string", description: "Relative to the source. Escaped as rsync escapes it: `\\#012` for a newline." }, size: { type: "number", description: "Bytes." }, code: { type: "string", description: "rsync's `%i`, such as `>f.st......`." } }, required: ["change", "path", "size", "code"] };
function validate30(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.files === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "files" }, schema: schema31.required, parentSchema: schema31, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.bytes === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "bytes" }, schema: schema31.required, parentSchema: schema31, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.creates === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "creates" }, schema: schema31.required, parentSchema: schema31, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.updates === void 0) {
      let err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "updates" }, schema: schema31.required, parentSchema: schema31, data };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.deletes === void 0) {
      let err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "deletes" }, schema: schema31.required, parentSchema: schema31, data };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.sourceEntries === void 0) {
      let err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "sourceEntries" }, schema: schema31.required, parentSchema: schema31, data };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
    if (data.destinationEntries === void 0) {
      let err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "destinationEntries" }, schema: schema31.required, parentSchema: schema31, data };
      vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
    }
    if (data.items === void 0) {
      let err7 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "items" }, schema: schema31.required, parentSchema: schema31, data };
      vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
    }
    if (data.truncated === void 0) {
      let err8 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "truncated" }, schema: schema31.required, parentSchema: schema31, data };
      vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
    }
    if (data.files !== void 0) {
      let data0 = data.files;
      if (!(typeof data0 == "number" && isFinite(data0))) {
        let err9 = { instancePath: instancePath + "/files", schemaPath: "#/properties/files/type", keyword: "type", params: { type: "number" }, schema: schema31.properties.files.type, parentSchema: schema31.properties.files, data: data0 };
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
    }
    if (data.bytes !== void 0) {
      let data1 = data.bytes;
      if (!(typeof data1 == "number" && isFinite(data1))) {
        let err10 = { instancePath: instancePath + "/bytes", schemaPath: "#/properties/bytes/type", keyword: "type", params: { type: "number" }, schema: schema31.properties.bytes.type, parentSchema: schema31.properties.bytes, data: data1 };
        vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
      }
    }
    if (data.creates !== void 0) {
      let data2 = data.creates;
      if (!(typeof data2 == "number" && isFinite(data2))) {
        let err11 = { instancePath: instancePath + "/creates", schemaPath: "#/properties/creates/type", keyword: "type", params: { type: "number" }, schema: schema31.properties.creates.type, parentSchema: schema31.properties.creates, data: data2 };
        vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
      }
    }
    if (data.updates !== void 0) {
      let data3 = data.updates;
      if (!(typeof data3 == "number" && isFinite(data3))) {
        let err12 = { instancePath: instancePath + "/updates", schemaPath: "#/properties/updates/type", keyword: "type", params: { type: "number" }, schema: schema31.properties.updates.type, parentSchema: schema31.properties.updates, data: data3 };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
    }
    if (data.deletes !== void 0) {
      let data4 = data.deletes;
      if (!(typeof data4 == "number" && isFinite(data4))) {
        let err13 = { instancePath: instancePath + "/deletes", schemaPath: "#/properties/deletes/type", keyword: "type", params: { type: "number" }, schema: schema31.properties.deletes.type, parentSchema: schema31.properties.deletes, data: data4 };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
    }
    if (data.sourceEntries !== void 0) {
      let data5 = data.sourceEntries;
      if (!(typeof data5 == "number" && isFinite(data5))) {
        let err14 = { instancePath: instancePath + "/sourceEntries", schemaPath: "#/properties/sourceEntries/type", keyword: "type", params: { type: "number" }, schema: schema31.properties.sourceEntries.type, parentSchema: schema31.properties.sourceEntries, data: data5 };
        vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
      }
    }
    if (data.destinationEntries !== void 0) {
      let data6 = data.destinationEntries;
      if (!(typeof data6 == "number" && isFinite(data6))) {
        let err15 = { instancePath: instancePath + "/destinationEntries", schemaPath: "#/properties/destinationEntries/type", keyword: "type", params: { type: "number" }, schema: schema31.properties.destinationEntries.type, parentSchema: schema31.properties.destinationEntries, data: data6 };
        vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
      }
    }
    if (data.items !== void 0) {
      let data7 = data.items;
      if (Array.isArray(data7)) {
        let len0 = data7.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data8 = data7[i0];
          if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
            if (data8.change === void 0) {
              let err16 = { instancePath: instancePath + "/items/" + i0, schemaPath: "#/definitions/PreviewItem/required", keyword: "required", params: { missingProperty: "change" }, schema: schema32.required, parentSchema: schema32, data: data8 };
              vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
            }
            if (data8.path === void 0) {
              let err17 = { instancePath: instancePath + "/items/" + i0, schemaPath: "#/definitions/PreviewItem/required", keyword: "required", params: { missingProperty: "path" }, schema: schema32.required, parentSchema: schema32, data: data8 };
              vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
            }
            if (data8.size === void 0) {
              let err18 = { instancePath: instancePath + "/items/" + i0, schemaPath: "#/definitions/PreviewItem/required", keyword: "required", params: { missingProperty: "size" }, schema: schema32.required, parentSchema: schema32, data: data8 };
              vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
            }
            if (data8.code === void 0) {
              let err19 = { instancePath: instancePath + "/items/" + i0, schemaPath: "#/definitions/PreviewItem/required", keyword: "required", params: { missingProperty: "code" }, schema: schema32.required, parentSchema: schema32, data: data8 };
              vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
            }
            if (data8.change !== void 0) {
              let data9 = data8.change;
              if (typeof data9 != "string") {
                let err20 = { instancePath: instancePath + "/items/" + i0 + "/change", schemaPath: "#/definitions/PreviewItem/properties/change/type", keyword: "type", params: { type: "string" }, schema: schema32.properties.change.type, parentSchema: schema32.properties.change, data: data9 };
                vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
              }
              if (!(data9 === "create" || data9 === "update" || data9 === "delete")) {
                let err21 = { instancePath: instancePath + "/items/" + i0 + "/change", schemaPath: "#/definitions/PreviewItem/properties/change/enum", keyword: "enum", params: { allowedValues: schema32.properties.change.enum }, schema: schema32.properties.change.enum, parentSchema: schema32.properties.change, data: data9 };
                vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
              }
            }
            if (data8.path !== void 0) {
              let data10 = data8.path;
              if (typeof data10 != "string") {
                let err22 = { instancePath: instancePath + "/items/" + i0 + "/path", schemaPath: "#/definitions/PreviewItem/properties/path/type", keyword: "type", params: { type: "string" }, schema: schema32.properties.path.type, parentSchema: schema32.properties.path, data: data10 };
                vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
              }
            }
            if (data8.size !== void 0) {
              let data11 = data8.size;
              if (!(typeof data11 == "number" && isFinite(data11))) {
                let err23 = { instancePath: instancePath + "/items/" + i0 + "/size", schemaPath: "#/definitions/PreviewItem/properties/size/type", keyword: "type", params: { type: "number" }, schema: schema32.properties.size.type, parentSchema: schema32.properties.size, data: data11 };
                vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
              }
            }
            if (data8.code !== void 0) {
              let data12 = data8.code;
              if (typeof data12 != "string") {
                let err24 = { instancePath: instancePath + "/items/" + i0 + "/code", schemaPath: "#/definitions/PreviewItem/properties/code/type", keyword: "type", params: { type: "string" }, schema: schema32.properties.code.type, parentSchema: schema32.properties.code, data: data12 };
                vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
              }
            }
          } else {
            let err25 = { instancePath: instancePath + "/items/" + i0, schemaPath: "#/definitions/PreviewItem/type", keyword: "type", params: { type: "object" }, schema: schema32.type, parentSchema: schema32, data: data8 };
            vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
          }
        }
      } else {
        let err26 = { instancePath: instancePath + "/items", schemaPath: "#/properties/items/type", keyword: "type", params: { type: "array" }, schema: schema31.properties.items.type, parentSchema: schema31.properties.items, data: data7 };
        vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
      }
    }
    if (data.truncated !== void 0) {
      let data13 = data.truncated;
      if (typeof data13 != "boolean") {
        let err27 = { instancePath: instancePath + "/truncated", schemaPath: "#/properties/truncated/type", keyword: "type", params: { type: "boolean" }, schema: schema31.properties.truncated.type, parentSchema: schema31.properties.truncated, data: data13 };
        vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
      }
    }
    if (data.filters !== void 0) {
      let data14 = data.filters;
      if (Array.isArray(data14)) {
        let len1 = data14.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data15 = data14[i1];
          if (typeof data15 != "string") {
            let err28 = { instancePath: instancePath + "/filters/" + i1, schemaPath: "#/properties/filters/items/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.filters.items.type, parentSchema: schema31.properties.filters.items, data: data15 };
            vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
          }
        }
      } else {
        let err29 = { instancePath: instancePath + "/filters", schemaPath: "#/properties/filters/type", keyword: "type", params: { type: "array" }, schema: schema31.properties.filters.type, parentSchema: schema31.properties.filters, data: data14 };
        vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
      }
    }
    if (data.inTheWay !== void 0) {
      let data16 = data.inTheWay;
      if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
        if (data16.count === void 0) {
          let err30 = { instancePath: instancePath + "/inTheWay", schemaPath: "#/properties/inTheWay/required", keyword: "required", params: { missingProperty: "count" }, schema: schema31.properties.inTheWay.required, parentSchema: schema31.properties.inTheWay, data: data16 };
          vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
        }
        if (data16.paths === void 0) {
          let err31 = { instancePath: instancePath + "/inTheWay", schemaPath: "#/properties/inTheWay/required", keyword: "required", params: { missingProperty: "paths" }, schema: schema31.properties.inTheWay.required, parentSchema: schema31.properties.inTheWay, data: data16 };
          vErrors === null ? vErrors = [err31] : vErrors.push(err31), errors++;
        }
        if (data16.count !== void 0) {
          let data17 = data16.count;
          if (!(typeof data17 == "number" && isFinite(data17))) {
            let err32 = { instancePath: instancePath + "/inTheWay/count", schemaPath: "#/properties/inTheWay/properties/count/type", keyword: "type", params: { type: "number" }, schema: schema31.properties.inTheWay.properties.count.type, parentSchema: schema31.properties.inTheWay.properties.count, data: data17 };
            vErrors === null ? vErrors = [err32] : vErrors.push(err32), errors++;
          }
        }
        if (data16.paths !== void 0) {
          let data18 = data16.paths;
          if (Array.isArray(data18)) {
            let len2 = data18.length;
            for (let i2 = 0; i2 < len2; i2++) {
              let data19 = data18[i2];
              if (typeof data19 != "string") {
                let err33 = { instancePath: instancePath + "/inTheWay/paths/" + i2, schemaPath: "#/properties/inTheWay/properties/paths/items/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.inTheWay.properties.paths.items.type, parentSchema: schema31.properties.inTheWay.properties.paths.items, data: data19 };
                vErrors === null ? vErrors = [err33] : vErrors.push(err33), errors++;
              }
            }
          } else {
            let err34 = { instancePath: instancePath + "/inTheWay/paths", schemaPath: "#/properties/inTheWay/properties/paths/type", keyword: "type", params: { type: "array" }, schema: schema31.properties.inTheWay.properties.paths.type, parentSchema: schema31.properties.inTheWay.properties.paths, data: data18 };
            vErrors === null ? vErrors = [err34] : vErrors.push(err34), errors++;
          }
        }
      } else {
        let err35 = { instancePath: instancePath + "/inTheWay", schemaPath: "#/properties/inTheWay/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.inTheWay.type, parentSchema: schema31.properties.inTheWay, data: data16 };
        vErrors === null ? vErrors = [err35] : vErrors.push(err35), errors++;
      }
    }
  } else {
    let err36 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema31.type, parentSchema: schema31, data };
    vErrors === null ? vErrors = [err36] : vErrors.push(err36), errors++;
  }
  return validate30.errors = vErrors, errors === 0;
}
var schema33 = { type: "object", properties: { snapshots: { type: "array", items: { type: "string" } }, bytes: { $ref: "#/definitions/Range", description: "`low` to `high`, since extents may be shared (btrfs)." } }, required: ["snapshots", "bytes"], description: "What removing just these snapshots gives back." }, schema34 = { type: "object", properties: { low: { type: "number" }, high: { type: "number" } }, required: ["low", "high"] };
function validate32(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.snapshots === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "snapshots" }, schema: schema33.required, parentSchema: schema33, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.bytes === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "bytes" }, schema: schema33.required, parentSchema: schema33, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.snapshots !== void 0) {
      let data0 = data.snapshots;
      if (Array.isArray(data0)) {
        let len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data1 = data0[i0];
          if (typeof data1 != "string") {
            let err2 = { instancePath: instancePath + "/snapshots/" + i0, schemaPath: "#/properties/snapshots/items/type", keyword: "type", params: { type: "string" }, schema: schema33.properties.snapshots.items.type, parentSchema: schema33.properties.snapshots.items, data: data1 };
            vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
          }
        }
      } else {
        let err3 = { instancePath: instancePath + "/snapshots", schemaPath: "#/properties/snapshots/type", keyword: "type", params: { type: "array" }, schema: schema33.properties.snapshots.type, parentSchema: schema33.properties.snapshots, data: data0 };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
    }
    if (data.bytes !== void 0) {
      let data2 = data.bytes;
      if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
        if (data2.low === void 0) {
          let err4 = { instancePath: instancePath + "/bytes", schemaPath: "#/definitions/Range/required", keyword: "required", params: { missingProperty: "low" }, schema: schema34.required, parentSchema: schema34, data: data2 };
          vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
        }
        if (data2.high === void 0) {
          let err5 = { instancePath: instancePath + "/bytes", schemaPath: "#/definitions/Range/required", keyword: "required", params: { missingProperty: "high" }, schema: schema34.required, parentSchema: schema34, data: data2 };
          vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
        }
        if (data2.low !== void 0) {
          let data3 = data2.low;
          if (!(typeof data3 == "number" && isFinite(data3))) {
            let err6 = { instancePath: instancePath + "/bytes/low", schemaPath: "#/definitions/Range/properties/low/type", keyword: "type", params: { type: "number" }, schema: schema34.properties.low.type, parentSchema: schema34.properties.low, data: data3 };
            vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
          }
        }
        if (data2.high !== void 0) {
          let data4 = data2.high;
          if (!(typeof data4 == "number" && isFinite(data4))) {
            let err7 = { instancePath: instancePath + "/bytes/high", schemaPath: "#/definitions/Range/properties/high/type", keyword: "type", params: { type: "number" }, schema: schema34.properties.high.type, parentSchema: schema34.properties.high, data: data4 };
            vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
          }
        }
      } else {
        let err8 = { instancePath: instancePath + "/bytes", schemaPath: "#/definitions/Range/type", keyword: "type", params: { type: "object" }, schema: schema34.type, parentSchema: schema34, data: data2 };
        vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
      }
    }
  } else {
    let err9 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema33.type, parentSchema: schema33, data };
    vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
  }
  return validate32.errors = vErrors, errors === 0;
}
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.formatVersion === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "formatVersion" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.basis === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "basis" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.observedAt === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "observedAt" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.machine === void 0) {
      let err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "machine" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.hosts === void 0) {
      let err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "hosts" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.volumes === void 0) {
      let err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "volumes" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
    if (data.endpoints === void 0) {
      let err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "endpoints" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
    }
    if (data.filterFiles === void 0) {
      let err7 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "filterFiles" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
    }
    if (data.history === void 0) {
      let err8 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "history" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
    }
    if (data.previews === void 0) {
      let err9 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "previews" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
    }
    if (data.formatVersion !== void 0) {
      let data0 = data.formatVersion;
      if (typeof data0 != "string") {
        let err10 = { instancePath: instancePath + "/formatVersion", schemaPath: "#/properties/formatVersion/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.formatVersion.type, parentSchema: schema11.properties.formatVersion, data: data0 };
        vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
      }
    }
    if (data.basis !== void 0) {
      let data1 = data.basis;
      if (typeof data1 != "string") {
        let err11 = { instancePath: instancePath + "/basis", schemaPath: "#/properties/basis/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.basis.type, parentSchema: schema11.properties.basis, data: data1 };
        vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
      }
      if (!(data1 === "observed" || data1 === "recorded" || data1 === "none")) {
        let err12 = { instancePath: instancePath + "/basis", schemaPath: "#/properties/basis/enum", keyword: "enum", params: { allowedValues: schema11.properties.basis.enum }, schema: schema11.properties.basis.enum, parentSchema: schema11.properties.basis, data: data1 };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
    }
    if (data.observedAt !== void 0) {
      let data2 = data.observedAt;
      if (typeof data2 != "string") {
        let err13 = { instancePath: instancePath + "/observedAt", schemaPath: "#/properties/observedAt/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.observedAt.type, parentSchema: schema11.properties.observedAt, data: data2 };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
    }
    if (data.machine !== void 0) {
      let data3 = data.machine;
      if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
        if (data3.hostname === void 0) {
          let err14 = { instancePath: instancePath + "/machine", schemaPath: "#/properties/machine/required", keyword: "required", params: { missingProperty: "hostname" }, schema: schema11.properties.machine.required, parentSchema: schema11.properties.machine, data: data3 };
          vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
        }
        if (data3.user === void 0) {
          let err15 = { instancePath: instancePath + "/machine", schemaPath: "#/properties/machine/required", keyword: "required", params: { missingProperty: "user" }, schema: schema11.properties.machine.required, parentSchema: schema11.properties.machine, data: data3 };
          vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
        }
        if (data3.hostname !== void 0) {
          let data4 = data3.hostname;
          if (typeof data4 != "string") {
            let err16 = { instancePath: instancePath + "/machine/hostname", schemaPath: "#/properties/machine/properties/hostname/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.machine.properties.hostname.type, parentSchema: schema11.properties.machine.properties.hostname, data: data4 };
            vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
          }
        }
        if (data3.user !== void 0) {
          let data5 = data3.user;
          if (typeof data5 != "string") {
            let err17 = { instancePath: instancePath + "/machine/user", schemaPath: "#/properties/machine/properties/user/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.machine.properties.user.type, parentSchema: schema11.properties.machine.properties.user, data: data5 };
            vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
          }
        }
      } else {
        let err18 = { instancePath: instancePath + "/machine", schemaPath: "#/properties/machine/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.machine.type, parentSchema: schema11.properties.machine, data: data3 };
        vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
      }
    }
    if (data.hosts !== void 0) {
      let data6 = data.hosts;
      if (data6 && typeof data6 == "object" && !Array.isArray(data6))
        for (let key0 in data6)
          validate11(data6[key0], { instancePath: instancePath + "/hosts/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data6, parentDataProperty: key0, rootData }) || (vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors), errors = vErrors.length);
      else {
        let err19 = { instancePath: instancePath + "/hosts", schemaPath: "#/properties/hosts/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.hosts.type, parentSchema: schema11.properties.hosts, data: data6 };
        vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
      }
    }
    if (data.volumes !== void 0) {
      let data8 = data.volumes;
      if (data8 && typeof data8 == "object" && !Array.isArray(data8))
        for (let key1 in data8)
          validate18(data8[key1], { instancePath: instancePath + "/volumes/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data8, parentDataProperty: key1, rootData }) || (vErrors = vErrors === null ? validate18.errors : vErrors.concat(validate18.errors), errors = vErrors.length);
      else {
        let err20 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.volumes.type, parentSchema: schema11.properties.volumes, data: data8 };
        vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
      }
    }
    if (data.endpoints !== void 0) {
      let data10 = data.endpoints;
      if (data10 && typeof data10 == "object" && !Array.isArray(data10))
        for (let key2 in data10)
          validate24(data10[key2], { instancePath: instancePath + "/endpoints/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data10, parentDataProperty: key2, rootData }) || (vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors), errors = vErrors.length);
      else {
        let err21 = { instancePath: instancePath + "/endpoints", schemaPath: "#/properties/endpoints/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.endpoints.type, parentSchema: schema11.properties.endpoints, data: data10 };
        vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
      }
    }
    if (data.filterFiles !== void 0) {
      let data12 = data.filterFiles;
      if (data12 && typeof data12 == "object" && !Array.isArray(data12))
        for (let key3 in data12) {
          let data13 = data12[key3], _errs29 = errors, valid6 = !1, _errs30 = errors;
          if (Array.isArray(data13)) {
            let len0 = data13.length;
            for (let i0 = 0; i0 < len0; i0++) {
              let data14 = data13[i0];
              if (typeof data14 != "string") {
                let err22 = { instancePath: instancePath + "/filterFiles/" + key3.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + i0, schemaPath: "#/properties/filterFiles/additionalProperties/anyOf/0/items/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.filterFiles.additionalProperties.anyOf[0].items.type, parentSchema: schema11.properties.filterFiles.additionalProperties.anyOf[0].items, data: data14 };
                vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
              }
            }
          } else {
            let err23 = { instancePath: instancePath + "/filterFiles/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/filterFiles/additionalProperties/anyOf/0/type", keyword: "type", params: { type: "array" }, schema: schema11.properties.filterFiles.additionalProperties.anyOf[0].type, parentSchema: schema11.properties.filterFiles.additionalProperties.anyOf[0], data: data13 };
            vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
          }
          var _valid0 = _errs30 === errors;
          if (valid6 = valid6 || _valid0, !valid6) {
            let _errs34 = errors;
            if (data13 !== null) {
              let err24 = { instancePath: instancePath + "/filterFiles/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/filterFiles/additionalProperties/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema11.properties.filterFiles.additionalProperties.anyOf[1].type, parentSchema: schema11.properties.filterFiles.additionalProperties.anyOf[1], data: data13 };
              vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
            }
            var _valid0 = _errs34 === errors;
            valid6 = valid6 || _valid0;
          }
          if (valid6)
            errors = _errs29, vErrors !== null && (_errs29 ? vErrors.length = _errs29 : vErrors = null);
          else {
            let err25 = { instancePath: instancePath + "/filterFiles/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/filterFiles/additionalProperties/anyOf", keyword: "anyOf", params: {}, schema: schema11.properties.filterFiles.additionalProperties.anyOf, parentSchema: schema11.properties.filterFiles.additionalProperties, data: data13 };
            vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
          }
        }
      else {
        let err26 = { instancePath: instancePath + "/filterFiles", schemaPath: "#/properties/filterFiles/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.filterFiles.type, parentSchema: schema11.properties.filterFiles, data: data12 };
        vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
      }
    }
    if (data.history !== void 0) {
      let data15 = data.history;
      if (data15 && typeof data15 == "object" && !Array.isArray(data15))
        for (let key4 in data15)
          validate28(data15[key4], { instancePath: instancePath + "/history/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data15, parentDataProperty: key4, rootData }) || (vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors), errors = vErrors.length);
      else {
        let err27 = { instancePath: instancePath + "/history", schemaPath: "#/properties/history/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.history.type, parentSchema: schema11.properties.history, data: data15 };
        vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
      }
    }
    if (data.previews !== void 0) {
      let data17 = data.previews;
      if (data17 && typeof data17 == "object" && !Array.isArray(data17))
        for (let key5 in data17)
          validate30(data17[key5], { instancePath: instancePath + "/previews/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data17, parentDataProperty: key5, rootData }) || (vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors), errors = vErrors.length);
      else {
        let err28 = { instancePath: instancePath + "/previews", schemaPath: "#/properties/previews/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.previews.type, parentSchema: schema11.properties.previews, data: data17 };
        vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
      }
    }
    if (data.prunable !== void 0) {
      let data19 = data.prunable;
      if (data19 && typeof data19 == "object" && !Array.isArray(data19))
        for (let key6 in data19)
          validate32(data19[key6], { instancePath: instancePath + "/prunable/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data19, parentDataProperty: key6, rootData }) || (vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors), errors = vErrors.length);
      else {
        let err29 = { instancePath: instancePath + "/prunable", schemaPath: "#/properties/prunable/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.prunable.type, parentSchema: schema11.properties.prunable, data: data19 };
        vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
      }
    }
    if (data.answers !== void 0) {
      let data21 = data.answers;
      if (data21 && typeof data21 == "object" && !Array.isArray(data21))
        for (let key7 in data21) {
          let data22 = data21[key7];
          if (data22 && typeof data22 == "object" && !Array.isArray(data22))
            for (let key8 in data22) {
              let data23 = data22[key8];
              if (data23 && typeof data23 == "object" && !Array.isArray(data23))
                for (let key9 in data23) {
                  let data24 = data23[key9];
                  if (data24 && typeof data24 == "object" && !Array.isArray(data24)) {
                    if (data24.code === void 0) {
                      let err30 = { instancePath: instancePath + "/answers/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key8.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/ExecutorAnswer/required", keyword: "required", params: { missingProperty: "code" }, schema: schema35.required, parentSchema: schema35, data: data24 };
                      vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
                    }
                    if (data24.stdout === void 0) {
                      let err31 = { instancePath: instancePath + "/answers/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key8.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/ExecutorAnswer/required", keyword: "required", params: { missingProperty: "stdout" }, schema: schema35.required, parentSchema: schema35, data: data24 };
                      vErrors === null ? vErrors = [err31] : vErrors.push(err31), errors++;
                    }
                    if (data24.problem === void 0) {
                      let err32 = { instancePath: instancePath + "/answers/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key8.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/ExecutorAnswer/required", keyword: "required", params: { missingProperty: "problem" }, schema: schema35.required, parentSchema: schema35, data: data24 };
                      vErrors === null ? vErrors = [err32] : vErrors.push(err32), errors++;
                    }
                    if (data24.code !== void 0) {
                      let data25 = data24.code;
                      if (!(typeof data25 == "number" && isFinite(data25)) && data25 !== null) {
                        let err33 = { instancePath: instancePath + "/answers/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key8.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key9.replace(/~/g, "~0").replace(/\//g, "~1") + "/code", schemaPath: "#/definitions/ExecutorAnswer/properties/code/type", keyword: "type", params: { type: schema35.properties.code.type }, schema: schema35.properties.code.type, parentSchema: schema35.properties.code, data: data25 };
                        vErrors === null ? vErrors = [err33] : vErrors.push(err33), errors++;
                      }
                    }
                    if (data24.stdout !== void 0) {
                      let data26 = data24.stdout;
                      if (typeof data26 != "string") {
                        let err34 = { instancePath: instancePath + "/answers/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key8.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key9.replace(/~/g, "~0").replace(/\//g, "~1") + "/stdout", schemaPath: "#/definitions/ExecutorAnswer/properties/stdout/type", keyword: "type", params: { type: "string" }, schema: schema35.properties.stdout.type, parentSchema: schema35.properties.stdout, data: data26 };
                        vErrors === null ? vErrors = [err34] : vErrors.push(err34), errors++;
                      }
                    }
                    if (data24.problem !== void 0) {
                      let data27 = data24.problem;
                      if (typeof data27 != "string" && data27 !== null) {
                        let err35 = { instancePath: instancePath + "/answers/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key8.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key9.replace(/~/g, "~0").replace(/\//g, "~1") + "/problem", schemaPath: "#/definitions/ExecutorAnswer/properties/problem/type", keyword: "type", params: { type: schema35.properties.problem.type }, schema: schema35.properties.problem.type, parentSchema: schema35.properties.problem, data: data27 };
                        vErrors === null ? vErrors = [err35] : vErrors.push(err35), errors++;
                      }
                    }
                  } else {
                    let err36 = { instancePath: instancePath + "/answers/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key8.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/ExecutorAnswer/type", keyword: "type", params: { type: "object" }, schema: schema35.type, parentSchema: schema35, data: data24 };
                    vErrors === null ? vErrors = [err36] : vErrors.push(err36), errors++;
                  }
                }
              else {
                let err37 = { instancePath: instancePath + "/answers/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/answers/additionalProperties/additionalProperties/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.answers.additionalProperties.additionalProperties.type, parentSchema: schema11.properties.answers.additionalProperties.additionalProperties, data: data23 };
                vErrors === null ? vErrors = [err37] : vErrors.push(err37), errors++;
              }
            }
          else {
            let err38 = { instancePath: instancePath + "/answers/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/answers/additionalProperties/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.answers.additionalProperties.type, parentSchema: schema11.properties.answers.additionalProperties, data: data22 };
            vErrors === null ? vErrors = [err38] : vErrors.push(err38), errors++;
          }
        }
      else {
        let err39 = { instancePath: instancePath + "/answers", schemaPath: "#/properties/answers/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.answers.type, parentSchema: schema11.properties.answers, data: data21 };
        vErrors === null ? vErrors = [err39] : vErrors.push(err39), errors++;
      }
    }
  } else {
    let err40 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema11.type, parentSchema: schema11, data };
    vErrors === null ? vErrors = [err40] : vErrors.push(err40), errors++;
  }
  return validate10.errors = vErrors, errors === 0;
}
export {
  stdin_default as default,
  validate
};

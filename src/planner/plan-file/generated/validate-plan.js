// Made from the type Plan in src/planner/model/plan.ts by `npm run generate`. Do not edit.
// <stdin>
var validate = validate10, stdin_default = validate10, schema11 = { $schema: "http://json-schema.org/draft-07/schema#", type: "object", properties: { formatVersion: { type: "string" }, tool: { type: "object", properties: { name: { type: "string", const: "nbkp" }, version: { type: "string" } }, required: ["name", "version"] }, createdAt: { type: "string", description: "ISO 8601, UTC: when the facts were observed." }, id: { type: "string", description: "`sha256:` and the digest of the canonical plan without `id`, `createdAt`, `forecast`, `routes` and the places of findings." }, purpose: { $ref: "#/definitions/PlanPurpose", description: "What the plan is for: `backup`, `prepare`, `prune`, `restore`, `recover`, `mount`, `unmount`." }, spec: { type: "object", properties: { path: { type: "string" }, digest: { type: "string" } }, required: ["path", "digest"], description: "`digest` is of what the spec means, whatever the order of its tables." }, machine: { type: "object", properties: { hostname: { type: "string" }, user: { type: "string" } }, required: ["hostname", "user"] }, request: { $ref: "#/definitions/PlanRequest", description: "What was asked for. The same request, spec and facts make the same plan." }, basis: { type: "string", enum: ["observed", "recorded", "none"] }, applyable: { type: "boolean" }, syncs: { type: "array", items: { $ref: "#/definitions/PlannedSync" } }, steps: { type: "array", items: { $ref: "#/definitions/Step" } }, findings: { type: "array", items: { $ref: "#/definitions/Finding" } }, summary: { $ref: "#/definitions/Summary" }, forecast: { type: "array", items: { $ref: "#/definitions/VolumeForecast" }, description: "Room on each volume along the plan. No part of the digest: free space changes all the time, the plan does not." }, routes: { type: "array", items: { $ref: "#/definitions/PlannedRoute" }, description: "How each server was reached. No part of the digest either: from elsewhere the same plan goes another way." } }, required: ["formatVersion", "tool", "createdAt", "id", "purpose", "spec", "machine", "request", "basis", "applyable", "syncs", "steps", "findings", "summary"], description: "What will run, in which order, why, what it will delete, and what must still be true then.", definitions: { PlanPurpose: { type: "string", enum: ["backup", "prepare", "prune", "restore", "recover", "mount", "unmount"] }, PlanRequest: { type: "object", properties: { only: { type: "array", items: { type: "string" }, description: "Sync names, or `VOLUME:` for every sync that touches it. Empty means all." }, exclude: { type: "array", items: { type: "string" } }, prune: { type: "boolean" }, allowDestructive: { type: "boolean" }, drives: { type: "string", enum: ["keep", "leave"], description: "`keep`: what is mounted stays so. `leave`: nothing is mounted. Absent: drives are opened and closed again." }, conditions: { type: "string", const: "ignore", description: "`ignore`: nothing waits for power or for another network, whatever `[policy]` says." }, volumes: { type: "array", items: { type: "string" }, description: "Volumes that `prepare`, `volumes mount` or `volumes unmount` was asked for; empty means all." }, restore: { anyOf: [{ $ref: "#/definitions/RestoreRequest" }, { type: "null" }], description: "What `restore` was asked for." } }, required: ["only", "exclude", "prune", "allowDestructive", "volumes", "restore"] }, RestoreRequest: { type: "object", properties: { sync: { type: "string" }, snapshot: { type: ["string", "null"], description: "Name or unique prefix; null for the latest." }, paths: { type: "array", items: { type: "string" }, description: "Relative to the snapshot; empty for all of it." }, to: { type: "string", description: "Absolute." } }, required: ["sync", "snapshot", "paths", "to"] }, PlannedSync: { type: "object", properties: { name: { type: "string" }, state: { type: "string", enum: ["planned", "skipped", "disabled", "blocked"] }, reason: { type: "string", description: "For every state but `planned`." }, code: { type: "string", description: "Code of the finding that is behind `reason`." }, source: { type: "string" }, destination: { type: "string" }, mode: { type: "string" }, lastSuccess: { type: ["string", "null"] }, overdue: { type: "boolean", description: "The last success is older than the `max-age` that the spec asks for, or there is none." }, steps: { type: "array", items: { type: "string" }, description: "Ids, in order." }, retention: { type: "array", items: { $ref: "#/definitions/RetentionLine" }, description: "Why each snapshot that is there now will stay or go. Empty without snapshots." }, items: { type: "array", items: { $ref: "#/definitions/PreviewItem" }, description: "What a dry run found: the largest and the deleted." }, itemsTruncated: { type: "boolean" } }, required: ["name", "state", "source", "destination", "mode", "lastSuccess", "overdue", "steps", "retention"] }, RetentionLine: { type: "object", properties: { name: { type: "string" }, verdict: { type: "string", enum: ["keep", "prune", "unverified"] }, reasons: { type: "array", items: { type: "string" }, description: 'For people: "newest of day 2026-03-06", "in none of last 3, daily 7".' } }, required: ["name", "verdict", "reasons"] }, PreviewItem: { type: "object", properties: { change: { type: "string", enum: ["create", "update", "delete"] }, path: { type: "string", description: "Relative to the source. Escaped as rsync escapes it: `\\#012` for a newline." }, size: { type: "number", description: "Bytes." }, code: { type: "string", description: "rsync's `%i`, such as `>f.st......`." } }, required: ["change", "path", "size", "code"] }, Step: { type: "object", properties: { id: { type: "string", description: "Stable and readable: `transfer:documents`." }, kind: { type: "string", description: "`transfer`, `snapshot`, `prune`, `command`, `create`, …" }, executor: { type: "object", properties: { name: { type: "string" }, version: { type: "string" } }, required: ["name", "version"] }, sync: { type: "string" }, volume: { type: "string" }, host: { type: "string", description: "The id of the host that it runs on." }, action: { $ref: "#/definitions/StepAction" }, summary: { type: "string" }, reason: { type: "string" }, dependsOn: { type: "array", items: { type: "string" }, description: "Ids of steps that must have succeeded first." }, releases: { type: "string", description: "Id of the step that it undoes: it runs whenever that one ran, whatever failed." }, runsOn: { type: "string", enum: ["success", "failure", "end"], description: "`failure`: it runs once all of `dependsOn` are settled and one of them failed or was refused. `end`: it runs when all others are settled, whatever became of them, and also when the run was interrupted." }, destructive: { type: "boolean", description: "It removes or overwrites data that no snapshot holds, or a snapshot itself." }, preconditions: { type: "array", items: { $ref: "#/definitions/Precondition" } }, commands: { type: "array", items: { type: "array", items: { type: "string" } }, description: "Exact argv of each process that may change something. Values known only later are placeholders (`PLACEHOLDER`)." }, estimate: { $ref: "#/definitions/Estimate" }, deleteLimit: { type: "object", properties: { percent: { type: "number" }, files: { type: ["number", "null"] } }, required: ["percent", "files"], description: "How much it may delete before the guard stops it. Absent when it deletes nothing or nothing bounds it." }, deferred: { type: "string", description: "Why something is not known yet." }, awaits: { type: "array", items: { type: "string" }, description: "Volumes that have to be open before it can be decided. It shows what is known; once they are open, the planner decides, and what does not fit what is shown is not run." }, secrets: { type: "array", items: { type: "string" }, description: "Ids of passphrases that its processes get on their standard input." }, locks: { type: "array", items: { $ref: "#/definitions/LockRequest" }, description: "Held while any step of the same sync runs." }, devices: { type: "array", items: { type: "string" }, description: "Device numbers that it reads or writes. Two steps that share one never run at once." }, params: { $ref: "#/definitions/Json" } }, required: ["id", "kind", "executor", "host", "action", "summary", "reason", "dependsOn", "runsOn", "destructive", "preconditions", "commands", "locks", "devices", "params"], description: "One node of the plan graph. `P` is what its executor was asked to do: JSON that only that executor reads." }, StepAction: { type: "string", enum: ["create", "update", "delete", "acquire", "release", "run"] }, Precondition: { type: "object", properties: { fact: { type: "string", description: "JSON pointer (RFC 6901) into the facts: `/endpoints/usb:photos/latest/name`." }, check: { type: "string", enum: ["equals", "at-least", "none-of"], description: "`equals` compares as JSON, `at-least` is for numbers, `none-of` wants none of the values in an array." }, value: { $ref: "#/definitions/Json" }, onlyBefore: { type: "boolean", const: !0, description: "The step itself changes it: once it has begun, that it is not so any more says nothing about the world." }, description: { type: "string", description: 'For people: "the latest snapshot of usb:photos".' } }, required: ["fact", "check", "value", "description"], description: "Something observed that a decision used. It must still be so when the step runs." }, Json: { anyOf: [{ type: "string" }, { type: "number" }, { type: "boolean" }, { type: "null" }, { type: "array", items: { $ref: "#/definitions/Json" } }, { type: "object", additionalProperties: { $ref: "#/definitions/Json" } }], description: "A value that survives JSON unchanged. Everything that crosses a process boundary is made of these." }, Estimate: { type: "object", properties: { files: { type: "number" }, bytes: { type: "number" }, creates: { type: "number" }, updates: { type: "number" }, deletes: { type: "number" }, basis: { type: "string", enum: ["dry-run", "last-run"] } }, required: ["files", "bytes", "creates", "updates", "deletes", "basis"] }, LockRequest: { type: "object", properties: { path: { type: "string", description: "Absolute path of the lock file." }, mode: { type: "string", enum: ["exclusive", "shared"] }, host: { type: "string", description: "The id of the host that it is on; absent when that is the step's." } }, required: ["path", "mode"] }, Finding: { type: "object", properties: { severity: { $ref: "#/definitions/Severity" }, code: { type: "string", description: "Stable, kebab-case." }, message: { type: "string" }, location: { $ref: "#/definitions/Position" }, excerpt: { type: "string", description: "The line of the file that `location` names, for showing it with a caret." }, help: { type: "string", description: "What a person can do about it." }, sync: { type: "string", description: "The sync that it is about." }, volume: { type: "string", description: "The volume that it is about." }, guard: { type: "boolean", description: "True for an error that protects data and that `--allow-destructive` overrides. A sync blocked by guards only makes exit code 3, by any other error 1." } }, required: ["severity", "code", "message"], description: "A coded remark about spec, facts or plan. Codes are stable and listed in docs/findings.md; the text may change." }, Severity: { type: "string", enum: ["error", "warning", "info"] }, Position: { type: "object", properties: { file: { type: "string" }, line: { type: "number" }, column: { type: "number" } }, required: ["file", "line", "column"], description: "A place in a file that a person wrote. Lines and columns count from 1, columns in UTF-16 code units." }, Summary: { type: "object", properties: { steps: { type: "number" }, byKind: { type: "object", additionalProperties: { type: "number" } }, syncs: { type: "object", properties: { planned: { type: "number" }, skipped: { type: "number" }, disabled: { type: "number" }, blocked: { type: "number" } }, required: ["planned", "skipped", "disabled", "blocked"] }, creates: { type: "number", description: "Steps by action." }, updates: { type: "number" }, deletes: { type: "number" } }, required: ["steps", "byKind", "syncs", "creates", "updates", "deletes"] }, VolumeForecast: { type: "object", properties: { volume: { type: "string" }, sharedWith: { type: "array", items: { type: "string" }, description: "Other volumes of the plan on the same file system: what is written to them counts here." }, freeBytes: { type: "number", description: "When it was observed." }, bytes: { $ref: "#/definitions/Range" }, files: { $ref: "#/definitions/Range" }, pruned: { type: "object", properties: { snapshots: { type: "number" }, bytes: { anyOf: [{ $ref: "#/definitions/Range" }, { type: "null" }] } }, required: ["snapshots", "bytes"], description: "Snapshots that are pruned, and the bytes that this gives back; null where nobody has counted them." }, peakFreeBytes: { $ref: "#/definitions/Range", description: "Free space when it is least, and in the end. Below zero: it does not fit. What is not known to be freed is not." }, finalFreeBytes: { $ref: "#/definitions/Range" }, basis: { type: "array", items: { type: "string", enum: ["dry-run", "last-run"] }, description: "What the numbers come from. A dry run has counted; a last run is a guess." }, unknown: { type: "array", items: { type: "string" }, description: "Syncs of which nothing is known: with them it may be more." } }, required: ["volume", "sharedWith", "freeBytes", "bytes", "files", "pruned", "peakFreeBytes", "finalFreeBytes", "basis", "unknown"], description: "Bytes and files that a plan writes to one file system, and what is left there, along its steps in their order." }, Range: { type: "object", properties: { low: { type: "number" }, high: { type: "number" } }, required: ["low", "high"] }, PlannedRoute: { type: "object", properties: { volumes: { type: "array", items: { type: "string" }, description: "Those of the plan that are on it." }, endpoint: { type: ["string", "null"], description: "The SSH endpoint that is used; null when none answered." }, passedOver: { type: "array", items: { type: "object", properties: { endpoint: { type: "string" }, reason: { type: "string" } }, required: ["endpoint", "reason"] }, description: "Those that were wanted more, with why they are not used." } }, required: ["volumes", "endpoint", "passedOver"], description: "Which way leads to a server." } } }, schema12 = { type: "string", enum: ["backup", "prepare", "prune", "restore", "recover", "mount", "unmount"] }, schema27 = { type: "object", properties: { steps: { type: "number" }, byKind: { type: "object", additionalProperties: { type: "number" } }, syncs: { type: "object", properties: { planned: { type: "number" }, skipped: { type: "number" }, disabled: { type: "number" }, blocked: { type: "number" } }, required: ["planned", "skipped", "disabled", "blocked"] }, creates: { type: "number", description: "Steps by action." }, updates: { type: "number" }, deletes: { type: "number" } }, required: ["steps", "byKind", "syncs", "creates", "updates", "deletes"] }, schema34 = { type: "object", properties: { volumes: { type: "array", items: { type: "string" }, description: "Those of the plan that are on it." }, endpoint: { type: ["string", "null"], description: "The SSH endpoint that is used; null when none answered." }, passedOver: { type: "array", items: { type: "object", properties: { endpoint: { type: "string" }, reason: { type: "string" } }, required: ["endpoint", "reason"] }, description: "Those that were wanted more, with why they are not used." } }, required: ["volumes", "endpoint", "passedOver"], description: "Which way leads to a server." }, schema13 = { type: "object", properties: { only: { type: "array", items: { type: "string" }, description: "Sync names, or `VOLUME:` for every sync that touches it. Empty means all." }, exclude: { type: "array", items: { type: "string" } }, prune: { type: "boolean" }, allowDestructive: { type: "boolean" }, drives: { type: "string", enum: ["keep", "leave"], description: "`keep`: what is mounted stays so. `leave`: nothing is mounted. Absent: drives are opened and closed again." }, conditions: { type: "string", const: "ignore", description: "`ignore`: nothing waits for power or for another network, whatever `[policy]` says." }, volumes: { type: "array", items: { type: "string" }, description: "Volumes that `prepare`, `volumes mount` or `volumes unmount` was asked for; empty means all." }, restore: { anyOf: [{ $ref: "#/definitions/RestoreRequest" }, { type: "null" }], description: "What `restore` was asked for." } }, required: ["only", "exclude", "prune", "allowDestructive", "volumes", "restore"] }, schema14 = { type: "object", properties: { sync: { type: "string" }, snapshot: { type: ["string", "null"], description: "Name or unique prefix; null for the latest." }, paths: { type: "array", items: { type: "string" }, description: "Relative to the snapshot; empty for all of it." }, to: { type: "string", description: "Absolute." } }, required: ["sync", "snapshot", "paths", "to"] };
function validate11(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.only === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "only" }, schema: schema13.required, parentSchema: schema13, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.exclude === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "exclude" }, schema: schema13.required, parentSchema: schema13, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.prune === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "prune" }, schema: schema13.required, parentSchema: schema13, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.allowDestructive === void 0) {
      let err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "allowDestructive" }, schema: schema13.required, parentSchema: schema13, data };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.volumes === void 0) {
      let err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "volumes" }, schema: schema13.required, parentSchema: schema13, data };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.restore === void 0) {
      let err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "restore" }, schema: schema13.required, parentSchema: schema13, data };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
    if (data.only !== void 0) {
      let data0 = data.only;
      if (Array.isArray(data0)) {
        let len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data1 = data0[i0];
          if (typeof data1 != "string") {
            let err6 = { instancePath: instancePath + "/only/" + i0, schemaPath: "#/properties/only/items/type", keyword: "type", params: { type: "string" }, schema: schema13.properties.only.items.type, parentSchema: schema13.properties.only.items, data: data1 };
            vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
          }
        }
      } else {
        let err7 = { instancePath: instancePath + "/only", schemaPath: "#/properties/only/type", keyword: "type", params: { type: "array" }, schema: schema13.properties.only.type, parentSchema: schema13.properties.only, data: data0 };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
    }
    if (data.exclude !== void 0) {
      let data2 = data.exclude;
      if (Array.isArray(data2)) {
        let len1 = data2.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data3 = data2[i1];
          if (typeof data3 != "string") {
            let err8 = { instancePath: instancePath + "/exclude/" + i1, schemaPath: "#/properties/exclude/items/type", keyword: "type", params: { type: "string" }, schema: schema13.properties.exclude.items.type, parentSchema: schema13.properties.exclude.items, data: data3 };
            vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
          }
        }
      } else {
        let err9 = { instancePath: instancePath + "/exclude", schemaPath: "#/properties/exclude/type", keyword: "type", params: { type: "array" }, schema: schema13.properties.exclude.type, parentSchema: schema13.properties.exclude, data: data2 };
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
    }
    if (data.prune !== void 0) {
      let data4 = data.prune;
      if (typeof data4 != "boolean") {
        let err10 = { instancePath: instancePath + "/prune", schemaPath: "#/properties/prune/type", keyword: "type", params: { type: "boolean" }, schema: schema13.properties.prune.type, parentSchema: schema13.properties.prune, data: data4 };
        vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
      }
    }
    if (data.allowDestructive !== void 0) {
      let data5 = data.allowDestructive;
      if (typeof data5 != "boolean") {
        let err11 = { instancePath: instancePath + "/allowDestructive", schemaPath: "#/properties/allowDestructive/type", keyword: "type", params: { type: "boolean" }, schema: schema13.properties.allowDestructive.type, parentSchema: schema13.properties.allowDestructive, data: data5 };
        vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
      }
    }
    if (data.drives !== void 0) {
      let data6 = data.drives;
      if (typeof data6 != "string") {
        let err12 = { instancePath: instancePath + "/drives", schemaPath: "#/properties/drives/type", keyword: "type", params: { type: "string" }, schema: schema13.properties.drives.type, parentSchema: schema13.properties.drives, data: data6 };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
      if (!(data6 === "keep" || data6 === "leave")) {
        let err13 = { instancePath: instancePath + "/drives", schemaPath: "#/properties/drives/enum", keyword: "enum", params: { allowedValues: schema13.properties.drives.enum }, schema: schema13.properties.drives.enum, parentSchema: schema13.properties.drives, data: data6 };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
    }
    if (data.conditions !== void 0) {
      let data7 = data.conditions;
      if (typeof data7 != "string") {
        let err14 = { instancePath: instancePath + "/conditions", schemaPath: "#/properties/conditions/type", keyword: "type", params: { type: "string" }, schema: schema13.properties.conditions.type, parentSchema: schema13.properties.conditions, data: data7 };
        vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
      }
      if (data7 !== "ignore") {
        let err15 = { instancePath: instancePath + "/conditions", schemaPath: "#/properties/conditions/const", keyword: "const", params: { allowedValue: "ignore" }, schema: "ignore", parentSchema: schema13.properties.conditions, data: data7 };
        vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
      }
    }
    if (data.volumes !== void 0) {
      let data8 = data.volumes;
      if (Array.isArray(data8)) {
        let len2 = data8.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data9 = data8[i2];
          if (typeof data9 != "string") {
            let err16 = { instancePath: instancePath + "/volumes/" + i2, schemaPath: "#/properties/volumes/items/type", keyword: "type", params: { type: "string" }, schema: schema13.properties.volumes.items.type, parentSchema: schema13.properties.volumes.items, data: data9 };
            vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
          }
        }
      } else {
        let err17 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/type", keyword: "type", params: { type: "array" }, schema: schema13.properties.volumes.type, parentSchema: schema13.properties.volumes, data: data8 };
        vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
      }
    }
    if (data.restore !== void 0) {
      let data10 = data.restore, _errs22 = errors, valid7 = !1, _errs23 = errors;
      if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
        if (data10.sync === void 0) {
          let err18 = { instancePath: instancePath + "/restore", schemaPath: "#/definitions/RestoreRequest/required", keyword: "required", params: { missingProperty: "sync" }, schema: schema14.required, parentSchema: schema14, data: data10 };
          vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
        }
        if (data10.snapshot === void 0) {
          let err19 = { instancePath: instancePath + "/restore", schemaPath: "#/definitions/RestoreRequest/required", keyword: "required", params: { missingProperty: "snapshot" }, schema: schema14.required, parentSchema: schema14, data: data10 };
          vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
        }
        if (data10.paths === void 0) {
          let err20 = { instancePath: instancePath + "/restore", schemaPath: "#/definitions/RestoreRequest/required", keyword: "required", params: { missingProperty: "paths" }, schema: schema14.required, parentSchema: schema14, data: data10 };
          vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
        }
        if (data10.to === void 0) {
          let err21 = { instancePath: instancePath + "/restore", schemaPath: "#/definitions/RestoreRequest/required", keyword: "required", params: { missingProperty: "to" }, schema: schema14.required, parentSchema: schema14, data: data10 };
          vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
        }
        if (data10.sync !== void 0) {
          let data11 = data10.sync;
          if (typeof data11 != "string") {
            let err22 = { instancePath: instancePath + "/restore/sync", schemaPath: "#/definitions/RestoreRequest/properties/sync/type", keyword: "type", params: { type: "string" }, schema: schema14.properties.sync.type, parentSchema: schema14.properties.sync, data: data11 };
            vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
          }
        }
        if (data10.snapshot !== void 0) {
          let data12 = data10.snapshot;
          if (typeof data12 != "string" && data12 !== null) {
            let err23 = { instancePath: instancePath + "/restore/snapshot", schemaPath: "#/definitions/RestoreRequest/properties/snapshot/type", keyword: "type", params: { type: schema14.properties.snapshot.type }, schema: schema14.properties.snapshot.type, parentSchema: schema14.properties.snapshot, data: data12 };
            vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
          }
        }
        if (data10.paths !== void 0) {
          let data13 = data10.paths;
          if (Array.isArray(data13)) {
            let len3 = data13.length;
            for (let i3 = 0; i3 < len3; i3++) {
              let data14 = data13[i3];
              if (typeof data14 != "string") {
                let err24 = { instancePath: instancePath + "/restore/paths/" + i3, schemaPath: "#/definitions/RestoreRequest/properties/paths/items/type", keyword: "type", params: { type: "string" }, schema: schema14.properties.paths.items.type, parentSchema: schema14.properties.paths.items, data: data14 };
                vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
              }
            }
          } else {
            let err25 = { instancePath: instancePath + "/restore/paths", schemaPath: "#/definitions/RestoreRequest/properties/paths/type", keyword: "type", params: { type: "array" }, schema: schema14.properties.paths.type, parentSchema: schema14.properties.paths, data: data13 };
            vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
          }
        }
        if (data10.to !== void 0) {
          let data15 = data10.to;
          if (typeof data15 != "string") {
            let err26 = { instancePath: instancePath + "/restore/to", schemaPath: "#/definitions/RestoreRequest/properties/to/type", keyword: "type", params: { type: "string" }, schema: schema14.properties.to.type, parentSchema: schema14.properties.to, data: data15 };
            vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
          }
        }
      } else {
        let err27 = { instancePath: instancePath + "/restore", schemaPath: "#/definitions/RestoreRequest/type", keyword: "type", params: { type: "object" }, schema: schema14.type, parentSchema: schema14, data: data10 };
        vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
      }
      var _valid0 = _errs23 === errors;
      if (valid7 = valid7 || _valid0, !valid7) {
        let _errs36 = errors;
        if (data10 !== null) {
          let err28 = { instancePath: instancePath + "/restore", schemaPath: "#/properties/restore/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema13.properties.restore.anyOf[1].type, parentSchema: schema13.properties.restore.anyOf[1], data: data10 };
          vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
        }
        var _valid0 = _errs36 === errors;
        valid7 = valid7 || _valid0;
      }
      if (valid7)
        errors = _errs22, vErrors !== null && (_errs22 ? vErrors.length = _errs22 : vErrors = null);
      else {
        let err29 = { instancePath: instancePath + "/restore", schemaPath: "#/properties/restore/anyOf", keyword: "anyOf", params: {}, schema: schema13.properties.restore.anyOf, parentSchema: schema13.properties.restore, data: data10 };
        vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
      }
    }
  } else {
    let err30 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema13.type, parentSchema: schema13, data };
    vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
  }
  return validate11.errors = vErrors, errors === 0;
}
var schema15 = { type: "object", properties: { name: { type: "string" }, state: { type: "string", enum: ["planned", "skipped", "disabled", "blocked"] }, reason: { type: "string", description: "For every state but `planned`." }, code: { type: "string", description: "Code of the finding that is behind `reason`." }, source: { type: "string" }, destination: { type: "string" }, mode: { type: "string" }, lastSuccess: { type: ["string", "null"] }, overdue: { type: "boolean", description: "The last success is older than the `max-age` that the spec asks for, or there is none." }, steps: { type: "array", items: { type: "string" }, description: "Ids, in order." }, retention: { type: "array", items: { $ref: "#/definitions/RetentionLine" }, description: "Why each snapshot that is there now will stay or go. Empty without snapshots." }, items: { type: "array", items: { $ref: "#/definitions/PreviewItem" }, description: "What a dry run found: the largest and the deleted." }, itemsTruncated: { type: "boolean" } }, required: ["name", "state", "source", "destination", "mode", "lastSuccess", "overdue", "steps", "retention"] }, schema16 = { type: "object", properties: { name: { type: "string" }, verdict: { type: "string", enum: ["keep", "prune", "unverified"] }, reasons: { type: "array", items: { type: "string" }, description: 'For people: "newest of day 2026-03-06", "in none of last 3, daily 7".' } }, required: ["name", "verdict", "reasons"] }, schema17 = { type: "object", properties: { change: { type: "string", enum: ["create", "update", "delete"] }, path: { type: "string", description: "Relative to the source. Escaped as rsync escapes it: `\\#012` for a newline." }, size: { type: "number", description: "Bytes." }, code: { type: "string", description: "rsync's `%i`, such as `>f.st......`." } }, required: ["change", "path", "size", "code"] };
function validate13(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "name" }, schema: schema15.required, parentSchema: schema15, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.state === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "state" }, schema: schema15.required, parentSchema: schema15, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.source === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "source" }, schema: schema15.required, parentSchema: schema15, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.destination === void 0) {
      let err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "destination" }, schema: schema15.required, parentSchema: schema15, data };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.mode === void 0) {
      let err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "mode" }, schema: schema15.required, parentSchema: schema15, data };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.lastSuccess === void 0) {
      let err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "lastSuccess" }, schema: schema15.required, parentSchema: schema15, data };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
    if (data.overdue === void 0) {
      let err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "overdue" }, schema: schema15.required, parentSchema: schema15, data };
      vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
    }
    if (data.steps === void 0) {
      let err7 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "steps" }, schema: schema15.required, parentSchema: schema15, data };
      vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
    }
    if (data.retention === void 0) {
      let err8 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "retention" }, schema: schema15.required, parentSchema: schema15, data };
      vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
    }
    if (data.name !== void 0) {
      let data0 = data.name;
      if (typeof data0 != "string") {
        let err9 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, schema: schema15.properties.name.type, parentSchema: schema15.properties.name, data: data0 };
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
    }
    if (data.state !== void 0) {
      let data1 = data.state;
      if (typeof data1 != "string") {
        let err10 = { instancePath: instancePath + "/state", schemaPath: "#/properties/state/type", keyword: "type", params: { type: "string" }, schema: schema15.properties.state.type, parentSchema: schema15.properties.state, data: data1 };
        vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
      }
      if (!(data1 === "planned" || data1 === "skipped" || data1 === "disabled" || data1 === "blocked")) {
        let err11 = { instancePath: instancePath + "/state", schemaPath: "#/properties/state/enum", keyword: "enum", params: { allowedValues: schema15.properties.state.enum }, schema: schema15.properties.state.enum, parentSchema: schema15.properties.state, data: data1 };
        vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
      }
    }
    if (data.reason !== void 0) {
      let data2 = data.reason;
      if (typeof data2 != "string") {
        let err12 = { instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/type", keyword: "type", params: { type: "string" }, schema: schema15.properties.reason.type, parentSchema: schema15.properties.reason, data: data2 };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
    }
    if (data.code !== void 0) {
      let data3 = data.code;
      if (typeof data3 != "string") {
        let err13 = { instancePath: instancePath + "/code", schemaPath: "#/properties/code/type", keyword: "type", params: { type: "string" }, schema: schema15.properties.code.type, parentSchema: schema15.properties.code, data: data3 };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
    }
    if (data.source !== void 0) {
      let data4 = data.source;
      if (typeof data4 != "string") {
        let err14 = { instancePath: instancePath + "/source", schemaPath: "#/properties/source/type", keyword: "type", params: { type: "string" }, schema: schema15.properties.source.type, parentSchema: schema15.properties.source, data: data4 };
        vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
      }
    }
    if (data.destination !== void 0) {
      let data5 = data.destination;
      if (typeof data5 != "string") {
        let err15 = { instancePath: instancePath + "/destination", schemaPath: "#/properties/destination/type", keyword: "type", params: { type: "string" }, schema: schema15.properties.destination.type, parentSchema: schema15.properties.destination, data: data5 };
        vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
      }
    }
    if (data.mode !== void 0) {
      let data6 = data.mode;
      if (typeof data6 != "string") {
        let err16 = { instancePath: instancePath + "/mode", schemaPath: "#/properties/mode/type", keyword: "type", params: { type: "string" }, schema: schema15.properties.mode.type, parentSchema: schema15.properties.mode, data: data6 };
        vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
      }
    }
    if (data.lastSuccess !== void 0) {
      let data7 = data.lastSuccess;
      if (typeof data7 != "string" && data7 !== null) {
        let err17 = { instancePath: instancePath + "/lastSuccess", schemaPath: "#/properties/lastSuccess/type", keyword: "type", params: { type: schema15.properties.lastSuccess.type }, schema: schema15.properties.lastSuccess.type, parentSchema: schema15.properties.lastSuccess, data: data7 };
        vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
      }
    }
    if (data.overdue !== void 0) {
      let data8 = data.overdue;
      if (typeof data8 != "boolean") {
        let err18 = { instancePath: instancePath + "/overdue", schemaPath: "#/properties/overdue/type", keyword: "type", params: { type: "boolean" }, schema: schema15.properties.overdue.type, parentSchema: schema15.properties.overdue, data: data8 };
        vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
      }
    }
    if (data.steps !== void 0) {
      let data9 = data.steps;
      if (Array.isArray(data9)) {
        let len0 = data9.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data10 = data9[i0];
          if (typeof data10 != "string") {
            let err19 = { instancePath: instancePath + "/steps/" + i0, schemaPath: "#/properties/steps/items/type", keyword: "type", params: { type: "string" }, schema: schema15.properties.steps.items.type, parentSchema: schema15.properties.steps.items, data: data10 };
            vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
          }
        }
      } else {
        let err20 = { instancePath: instancePath + "/steps", schemaPath: "#/properties/steps/type", keyword: "type", params: { type: "array" }, schema: schema15.properties.steps.type, parentSchema: schema15.properties.steps, data: data9 };
        vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
      }
    }
    if (data.retention !== void 0) {
      let data11 = data.retention;
      if (Array.isArray(data11)) {
        let len1 = data11.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data12 = data11[i1];
          if (data12 && typeof data12 == "object" && !Array.isArray(data12)) {
            if (data12.name === void 0) {
              let err21 = { instancePath: instancePath + "/retention/" + i1, schemaPath: "#/definitions/RetentionLine/required", keyword: "required", params: { missingProperty: "name" }, schema: schema16.required, parentSchema: schema16, data: data12 };
              vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
            }
            if (data12.verdict === void 0) {
              let err22 = { instancePath: instancePath + "/retention/" + i1, schemaPath: "#/definitions/RetentionLine/required", keyword: "required", params: { missingProperty: "verdict" }, schema: schema16.required, parentSchema: schema16, data: data12 };
              vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
            }
            if (data12.reasons === void 0) {
              let err23 = { instancePath: instancePath + "/retention/" + i1, schemaPath: "#/definitions/RetentionLine/required", keyword: "required", params: { missingProperty: "reasons" }, schema: schema16.required, parentSchema: schema16, data: data12 };
              vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
            }
            if (data12.name !== void 0) {
              let data13 = data12.name;
              if (typeof data13 != "string") {
                let err24 = { instancePath: instancePath + "/retention/" + i1 + "/name", schemaPath: "#/definitions/RetentionLine/properties/name/type", keyword: "type", params: { type: "string" }, schema: schema16.properties.name.type, parentSchema: schema16.properties.name, data: data13 };
                vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
              }
            }
            if (data12.verdict !== void 0) {
              let data14 = data12.verdict;
              if (typeof data14 != "string") {
                let err25 = { instancePath: instancePath + "/retention/" + i1 + "/verdict", schemaPath: "#/definitions/RetentionLine/properties/verdict/type", keyword: "type", params: { type: "string" }, schema: schema16.properties.verdict.type, parentSchema: schema16.properties.verdict, data: data14 };
                vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
              }
              if (!(data14 === "keep" || data14 === "prune" || data14 === "unverified")) {
                let err26 = { instancePath: instancePath + "/retention/" + i1 + "/verdict", schemaPath: "#/definitions/RetentionLine/properties/verdict/enum", keyword: "enum", params: { allowedValues: schema16.properties.verdict.enum }, schema: schema16.properties.verdict.enum, parentSchema: schema16.properties.verdict, data: data14 };
                vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
              }
            }
            if (data12.reasons !== void 0) {
              let data15 = data12.reasons;
              if (Array.isArray(data15)) {
                let len2 = data15.length;
                for (let i2 = 0; i2 < len2; i2++) {
                  let data16 = data15[i2];
                  if (typeof data16 != "string") {
                    let err27 = { instancePath: instancePath + "/retention/" + i1 + "/reasons/" + i2, schemaPath: "#/definitions/RetentionLine/properties/reasons/items/type", keyword: "type", params: { type: "string" }, schema: schema16.properties.reasons.items.type, parentSchema: schema16.properties.reasons.items, data: data16 };
                    vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
                  }
                }
              } else {
                let err28 = { instancePath: instancePath + "/retention/" + i1 + "/reasons", schemaPath: "#/definitions/RetentionLine/properties/reasons/type", keyword: "type", params: { type: "array" }, schema: schema16.properties.reasons.type, parentSchema: schema16.properties.reasons, data: data15 };
                vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
              }
            }
          } else {
            let err29 = { instancePath: instancePath + "/retention/" + i1, schemaPath: "#/definitions/RetentionLine/type", keyword: "type", params: { type: "object" }, schema: schema16.type, parentSchema: schema16, data: data12 };
            vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
          }
        }
      } else {
        let err30 = { instancePath: instancePath + "/retention", schemaPath: "#/properties/retention/type", keyword: "type", params: { type: "array" }, schema: schema15.properties.retention.type, parentSchema: schema15.properties.retention, data: data11 };
        vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
      }
    }
    if (data.items !== void 0) {
      let data17 = data.items;
      if (Array.isArray(data17)) {
        let len3 = data17.length;
        for (let i3 = 0; i3 < len3; i3++) {
          let data18 = data17[i3];
          if (data18 && typeof data18 == "object" && !Array.isArray(data18)) {
            if (data18.change === void 0) {
              let err31 = { instancePath: instancePath + "/items/" + i3, schemaPath: "#/definitions/PreviewItem/required", keyword: "required", params: { missingProperty: "change" }, schema: schema17.required, parentSchema: schema17, data: data18 };
              vErrors === null ? vErrors = [err31] : vErrors.push(err31), errors++;
            }
            if (data18.path === void 0) {
              let err32 = { instancePath: instancePath + "/items/" + i3, schemaPath: "#/definitions/PreviewItem/required", keyword: "required", params: { missingProperty: "path" }, schema: schema17.required, parentSchema: schema17, data: data18 };
              vErrors === null ? vErrors = [err32] : vErrors.push(err32), errors++;
            }
            if (data18.size === void 0) {
              let err33 = { instancePath: instancePath + "/items/" + i3, schemaPath: "#/definitions/PreviewItem/required", keyword: "required", params: { missingProperty: "size" }, schema: schema17.required, parentSchema: schema17, data: data18 };
              vErrors === null ? vErrors = [err33] : vErrors.push(err33), errors++;
            }
            if (data18.code === void 0) {
              let err34 = { instancePath: instancePath + "/items/" + i3, schemaPath: "#/definitions/PreviewItem/required", keyword: "required", params: { missingProperty: "code" }, schema: schema17.required, parentSchema: schema17, data: data18 };
              vErrors === null ? vErrors = [err34] : vErrors.push(err34), errors++;
            }
            if (data18.change !== void 0) {
              let data19 = data18.change;
              if (typeof data19 != "string") {
                let err35 = { instancePath: instancePath + "/items/" + i3 + "/change", schemaPath: "#/definitions/PreviewItem/properties/change/type", keyword: "type", params: { type: "string" }, schema: schema17.properties.change.type, parentSchema: schema17.properties.change, data: data19 };
                vErrors === null ? vErrors = [err35] : vErrors.push(err35), errors++;
              }
              if (!(data19 === "create" || data19 === "update" || data19 === "delete")) {
                let err36 = { instancePath: instancePath + "/items/" + i3 + "/change", schemaPath: "#/definitions/PreviewItem/properties/change/enum", keyword: "enum", params: { allowedValues: schema17.properties.change.enum }, schema: schema17.properties.change.enum, parentSchema: schema17.properties.change, data: data19 };
                vErrors === null ? vErrors = [err36] : vErrors.push(err36), errors++;
              }
            }
            if (data18.path !== void 0) {
              let data20 = data18.path;
              if (typeof data20 != "string") {
                let err37 = { instancePath: instancePath + "/items/" + i3 + "/path", schemaPath: "#/definitions/PreviewItem/properties/path/type", keyword: "type", params: { type: "string" }, schema: schema17.properties.path.type, parentSchema: schema17.properties.path, data: data20 };
                vErrors === null ? vErrors = [err37] : vErrors.push(err37), errors++;
              }
            }
            if (data18.size !== void 0) {
              let data21 = data18.size;
              if (!(typeof data21 == "number" && isFinite(data21))) {
                let err38 = { instancePath: instancePath + "/items/" + i3 + "/size", schemaPath: "#/definitions/PreviewItem/properties/size/type", keyword: "type", params: { type: "number" }, schema: schema17.properties.size.type, parentSchema: schema17.properties.size, data: data21 };
                vErrors === null ? vErrors = [err38] : vErrors.push(err38), errors++;
              }
            }
            if (data18.code !== void 0) {
              let data22 = data18.code;
              if (typeof data22 != "string") {
                let err39 = { instancePath: instancePath + "/items/" + i3 + "/code", schemaPath: "#/definitions/PreviewItem/properties/code/type", keyword: "type", params: { type: "string" }, schema: schema17.properties.code.type, parentSchema: schema17.properties.code, data: data22 };
                vErrors === null ? vErrors = [err39] : vErrors.push(err39), errors++;
              }
            }
          } else {
            let err40 = { instancePath: instancePath + "/items/" + i3, schemaPath: "#/definitions/PreviewItem/type", keyword: "type", params: { type: "object" }, schema: schema17.type, parentSchema: schema17, data: data18 };
            vErrors === null ? vErrors = [err40] : vErrors.push(err40), errors++;
          }
        }
      } else {
        let err41 = { instancePath: instancePath + "/items", schemaPath: "#/properties/items/type", keyword: "type", params: { type: "array" }, schema: schema15.properties.items.type, parentSchema: schema15.properties.items, data: data17 };
        vErrors === null ? vErrors = [err41] : vErrors.push(err41), errors++;
      }
    }
    if (data.itemsTruncated !== void 0) {
      let data23 = data.itemsTruncated;
      if (typeof data23 != "boolean") {
        let err42 = { instancePath: instancePath + "/itemsTruncated", schemaPath: "#/properties/itemsTruncated/type", keyword: "type", params: { type: "boolean" }, schema: schema15.properties.itemsTruncated.type, parentSchema: schema15.properties.itemsTruncated, data: data23 };
        vErrors === null ? vErrors = [err42] : vErrors.push(err42), errors++;
      }
    }
  } else {
    let err43 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema15.type, parentSchema: schema15, data };
    vErrors === null ? vErrors = [err43] : vErrors.push(err43), errors++;
  }
  return validate13.errors = vErrors, errors === 0;
}
var schema18 = { type: "object", properties: { id: { type: "string", description: "Stable and readable: `transfer:documents`." }, kind: { type: "string", description: "`transfer`, `snapshot`, `prune`, `command`, `create`, …" }, executor: { type: "object", properties: { name: { type: "string" }, version: { type: "string" } }, required: ["name", "version"] }, sync: { type: "string" }, volume: { type: "string" }, host: { type: "string", description: "The id of the host that it runs on." }, action: { $ref: "#/definitions/StepAction" }, summary: { type: "string" }, reason: { type: "string" }, dependsOn: { type: "array", items: { type: "string" }, description: "Ids of steps that must have succeeded first." }, releases: { type: "string", description: "Id of the step that it undoes: it runs whenever that one ran, whatever failed." }, runsOn: { type: "string", enum: ["success", "failure", "end"], description: "`failure`: it runs once all of `dependsOn` are settled and one of them failed or was refused. `end`: it runs when all others are settled, whatever became of them, and also when the run was interrupted." }, destructive: { type: "boolean", description: "It removes or overwrites data that no snapshot holds, or a snapshot itself." }, preconditions: { type: "array", items: { $ref: "#/definitions/Precondition" } }, commands: { type: "array", items: { type: "array", items: { type: "string" } }, description: "Exact argv of each process that may change something. Values known only later are placeholders (`PLACEHOLDER`)." }, estimate: { $ref: "#/definitions/Estimate" }, deleteLimit: { type: "object", properties: { percent: { type: "number" }, files: { type: ["number", "null"] } }, required: ["percent", "files"], description: "How much it may delete before the guard stops it. Absent when it deletes nothing or nothing bounds it." }, deferred: { type: "string", description: "Why something is not known yet." }, awaits: { type: "array", items: { type: "string" }, description: "Volumes that have to be open before it can be decided. It shows what is known; once they are open, the planner decides, and what does not fit what is shown is not run." }, secrets: { type: "array", items: { type: "string" }, description: "Ids of passphrases that its processes get on their standard input." }, locks: { type: "array", items: { $ref: "#/definitions/LockRequest" }, description: "Held while any step of the same sync runs." }, devices: { type: "array", items: { type: "string" }, description: "Device numbers that it reads or writes. Two steps that share one never run at once." }, params: { $ref: "#/definitions/Json" } }, required: ["id", "kind", "executor", "host", "action", "summary", "reason", "dependsOn", "runsOn", "destructive", "preconditions", "commands", "locks", "devices", "params"], description: "One node of the plan graph. `P` is what its executor was asked to do: JSON that only that executor reads." }, schema19 = { type: "string", enum: ["create", "update", "delete", "acquire", "release", "run"] }, schema22 = { type: "object", properties: { files: { type: "number" }, bytes: { type: "number" }, creates: { type: "number" }, updates: { type: "number" }, deletes: { type: "number" }, basis: { type: "string", enum: ["dry-run", "last-run"] } }, required: ["files", "bytes", "creates", "updates", "deletes", "basis"] }, schema23 = { type: "object", properties: { path: { type: "string", description: "Absolute path of the lock file." }, mode: { type: "string", enum: ["exclusive", "shared"] }, host: { type: "string", description: "The id of the host that it is on; absent when that is the step's." } }, required: ["path", "mode"] }, schema20 = { type: "object", properties: { fact: { type: "string", description: "JSON pointer (RFC 6901) into the facts: `/endpoints/usb:photos/latest/name`." }, check: { type: "string", enum: ["equals", "at-least", "none-of"], description: "`equals` compares as JSON, `at-least` is for numbers, `none-of` wants none of the values in an array." }, value: { $ref: "#/definitions/Json" }, onlyBefore: { type: "boolean", const: !0, description: "The step itself changes it: once it has begun, that it is not so any more says nothing about the world." }, description: { type: "string", description: 'For people: "the latest snapshot of usb:photos".' } }, required: ["fact", "check", "value", "description"], description: "Something observed that a decision used. It must still be so when the step runs." }, schema21 = { anyOf: [{ type: "string" }, { type: "number" }, { type: "boolean" }, { type: "null" }, { type: "array", items: { $ref: "#/definitions/Json" } }, { type: "object", additionalProperties: { $ref: "#/definitions/Json" } }], description: "A value that survives JSON unchanged. Everything that crosses a process boundary is made of these." }, wrapper0 = { validate: validate17 };
function validate17(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0, _errs0 = errors, valid0 = !1, _errs1 = errors;
  if (typeof data != "string") {
    let err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "string" }, schema: schema21.anyOf[0].type, parentSchema: schema21.anyOf[0], data };
    vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
  }
  var _valid0 = _errs1 === errors;
  if (valid0 = valid0 || _valid0, !valid0) {
    let _errs3 = errors;
    if (!(typeof data == "number" && isFinite(data))) {
      let err1 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "number" }, schema: schema21.anyOf[1].type, parentSchema: schema21.anyOf[1], data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    var _valid0 = _errs3 === errors;
    if (valid0 = valid0 || _valid0, !valid0) {
      let _errs5 = errors;
      if (typeof data != "boolean") {
        let err2 = { instancePath, schemaPath: "#/anyOf/2/type", keyword: "type", params: { type: "boolean" }, schema: schema21.anyOf[2].type, parentSchema: schema21.anyOf[2], data };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
      var _valid0 = _errs5 === errors;
      if (valid0 = valid0 || _valid0, !valid0) {
        let _errs7 = errors;
        if (data !== null) {
          let err3 = { instancePath, schemaPath: "#/anyOf/3/type", keyword: "type", params: { type: "null" }, schema: schema21.anyOf[3].type, parentSchema: schema21.anyOf[3], data };
          vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
        }
        var _valid0 = _errs7 === errors;
        if (valid0 = valid0 || _valid0, !valid0) {
          let _errs9 = errors;
          if (Array.isArray(data)) {
            let len0 = data.length;
            for (let i0 = 0; i0 < len0; i0++)
              wrapper0.validate(data[i0], { instancePath: instancePath + "/" + i0, parentData: data, parentDataProperty: i0, rootData }) || (vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors), errors = vErrors.length);
          } else {
            let err4 = { instancePath, schemaPath: "#/anyOf/4/type", keyword: "type", params: { type: "array" }, schema: schema21.anyOf[4].type, parentSchema: schema21.anyOf[4], data };
            vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
          }
          var _valid0 = _errs9 === errors;
          if (valid0 = valid0 || _valid0, !valid0) {
            let _errs12 = errors;
            if (data && typeof data == "object" && !Array.isArray(data))
              for (let key0 in data)
                wrapper0.validate(data[key0], { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data, parentDataProperty: key0, rootData }) || (vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors), errors = vErrors.length);
            else {
              let err5 = { instancePath, schemaPath: "#/anyOf/5/type", keyword: "type", params: { type: "object" }, schema: schema21.anyOf[5].type, parentSchema: schema21.anyOf[5], data };
              vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
            }
            var _valid0 = _errs12 === errors;
            valid0 = valid0 || _valid0;
          }
        }
      }
    }
  }
  if (valid0)
    errors = _errs0, vErrors !== null && (_errs0 ? vErrors.length = _errs0 : vErrors = null);
  else {
    let err6 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, schema: schema21.anyOf, parentSchema: schema21, data };
    vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
  }
  return validate17.errors = vErrors, errors === 0;
}
function validate16(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.fact === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "fact" }, schema: schema20.required, parentSchema: schema20, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.check === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "check" }, schema: schema20.required, parentSchema: schema20, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.value === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "value" }, schema: schema20.required, parentSchema: schema20, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.description === void 0) {
      let err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "description" }, schema: schema20.required, parentSchema: schema20, data };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.fact !== void 0) {
      let data0 = data.fact;
      if (typeof data0 != "string") {
        let err4 = { instancePath: instancePath + "/fact", schemaPath: "#/properties/fact/type", keyword: "type", params: { type: "string" }, schema: schema20.properties.fact.type, parentSchema: schema20.properties.fact, data: data0 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
    if (data.check !== void 0) {
      let data1 = data.check;
      if (typeof data1 != "string") {
        let err5 = { instancePath: instancePath + "/check", schemaPath: "#/properties/check/type", keyword: "type", params: { type: "string" }, schema: schema20.properties.check.type, parentSchema: schema20.properties.check, data: data1 };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
      if (!(data1 === "equals" || data1 === "at-least" || data1 === "none-of")) {
        let err6 = { instancePath: instancePath + "/check", schemaPath: "#/properties/check/enum", keyword: "enum", params: { allowedValues: schema20.properties.check.enum }, schema: schema20.properties.check.enum, parentSchema: schema20.properties.check, data: data1 };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
    if (data.value !== void 0 && (validate17(data.value, { instancePath: instancePath + "/value", parentData: data, parentDataProperty: "value", rootData }) || (vErrors = vErrors === null ? validate17.errors : vErrors.concat(validate17.errors), errors = vErrors.length)), data.onlyBefore !== void 0) {
      let data3 = data.onlyBefore;
      if (typeof data3 != "boolean") {
        let err7 = { instancePath: instancePath + "/onlyBefore", schemaPath: "#/properties/onlyBefore/type", keyword: "type", params: { type: "boolean" }, schema: schema20.properties.onlyBefore.type, parentSchema: schema20.properties.onlyBefore, data: data3 };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
      if (data3 !== !0) {
        let err8 = { instancePath: instancePath + "/onlyBefore", schemaPath: "#/properties/onlyBefore/const", keyword: "const", params: { allowedValue: !0 }, schema: !0, parentSchema: schema20.properties.onlyBefore, data: data3 };
        vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
      }
    }
    if (data.description !== void 0) {
      let data4 = data.description;
      if (typeof data4 != "string") {
        let err9 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/type", keyword: "type", params: { type: "string" }, schema: schema20.properties.description.type, parentSchema: schema20.properties.description, data: data4 };
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
    }
  } else {
    let err10 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema20.type, parentSchema: schema20, data };
    vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
  }
  return validate16.errors = vErrors, errors === 0;
}
function validate15(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.id === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "id" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.kind === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "kind" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.executor === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "executor" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.host === void 0) {
      let err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "host" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.action === void 0) {
      let err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "action" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.summary === void 0) {
      let err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "summary" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
    if (data.reason === void 0) {
      let err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "reason" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
    }
    if (data.dependsOn === void 0) {
      let err7 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "dependsOn" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
    }
    if (data.runsOn === void 0) {
      let err8 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "runsOn" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
    }
    if (data.destructive === void 0) {
      let err9 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "destructive" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
    }
    if (data.preconditions === void 0) {
      let err10 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "preconditions" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
    }
    if (data.commands === void 0) {
      let err11 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "commands" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
    }
    if (data.locks === void 0) {
      let err12 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "locks" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
    }
    if (data.devices === void 0) {
      let err13 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "devices" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
    }
    if (data.params === void 0) {
      let err14 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "params" }, schema: schema18.required, parentSchema: schema18, data };
      vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
    }
    if (data.id !== void 0) {
      let data0 = data.id;
      if (typeof data0 != "string") {
        let err15 = { instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.id.type, parentSchema: schema18.properties.id, data: data0 };
        vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
      }
    }
    if (data.kind !== void 0) {
      let data1 = data.kind;
      if (typeof data1 != "string") {
        let err16 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.kind.type, parentSchema: schema18.properties.kind, data: data1 };
        vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
      }
    }
    if (data.executor !== void 0) {
      let data2 = data.executor;
      if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
        if (data2.name === void 0) {
          let err17 = { instancePath: instancePath + "/executor", schemaPath: "#/properties/executor/required", keyword: "required", params: { missingProperty: "name" }, schema: schema18.properties.executor.required, parentSchema: schema18.properties.executor, data: data2 };
          vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
        }
        if (data2.version === void 0) {
          let err18 = { instancePath: instancePath + "/executor", schemaPath: "#/properties/executor/required", keyword: "required", params: { missingProperty: "version" }, schema: schema18.properties.executor.required, parentSchema: schema18.properties.executor, data: data2 };
          vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
        }
        if (data2.name !== void 0) {
          let data3 = data2.name;
          if (typeof data3 != "string") {
            let err19 = { instancePath: instancePath + "/executor/name", schemaPath: "#/properties/executor/properties/name/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.executor.properties.name.type, parentSchema: schema18.properties.executor.properties.name, data: data3 };
            vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
          }
        }
        if (data2.version !== void 0) {
          let data4 = data2.version;
          if (typeof data4 != "string") {
            let err20 = { instancePath: instancePath + "/executor/version", schemaPath: "#/properties/executor/properties/version/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.executor.properties.version.type, parentSchema: schema18.properties.executor.properties.version, data: data4 };
            vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
          }
        }
      } else {
        let err21 = { instancePath: instancePath + "/executor", schemaPath: "#/properties/executor/type", keyword: "type", params: { type: "object" }, schema: schema18.properties.executor.type, parentSchema: schema18.properties.executor, data: data2 };
        vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
      }
    }
    if (data.sync !== void 0) {
      let data5 = data.sync;
      if (typeof data5 != "string") {
        let err22 = { instancePath: instancePath + "/sync", schemaPath: "#/properties/sync/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.sync.type, parentSchema: schema18.properties.sync, data: data5 };
        vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
      }
    }
    if (data.volume !== void 0) {
      let data6 = data.volume;
      if (typeof data6 != "string") {
        let err23 = { instancePath: instancePath + "/volume", schemaPath: "#/properties/volume/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.volume.type, parentSchema: schema18.properties.volume, data: data6 };
        vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
      }
    }
    if (data.host !== void 0) {
      let data7 = data.host;
      if (typeof data7 != "string") {
        let err24 = { instancePath: instancePath + "/host", schemaPath: "#/properties/host/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.host.type, parentSchema: schema18.properties.host, data: data7 };
        vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
      }
    }
    if (data.action !== void 0) {
      let data8 = data.action;
      if (typeof data8 != "string") {
        let err25 = { instancePath: instancePath + "/action", schemaPath: "#/definitions/StepAction/type", keyword: "type", params: { type: "string" }, schema: schema19.type, parentSchema: schema19, data: data8 };
        vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
      }
      if (!(data8 === "create" || data8 === "update" || data8 === "delete" || data8 === "acquire" || data8 === "release" || data8 === "run")) {
        let err26 = { instancePath: instancePath + "/action", schemaPath: "#/definitions/StepAction/enum", keyword: "enum", params: { allowedValues: schema19.enum }, schema: schema19.enum, parentSchema: schema19, data: data8 };
        vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
      }
    }
    if (data.summary !== void 0) {
      let data9 = data.summary;
      if (typeof data9 != "string") {
        let err27 = { instancePath: instancePath + "/summary", schemaPath: "#/properties/summary/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.summary.type, parentSchema: schema18.properties.summary, data: data9 };
        vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
      }
    }
    if (data.reason !== void 0) {
      let data10 = data.reason;
      if (typeof data10 != "string") {
        let err28 = { instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.reason.type, parentSchema: schema18.properties.reason, data: data10 };
        vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
      }
    }
    if (data.dependsOn !== void 0) {
      let data11 = data.dependsOn;
      if (Array.isArray(data11)) {
        let len0 = data11.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data12 = data11[i0];
          if (typeof data12 != "string") {
            let err29 = { instancePath: instancePath + "/dependsOn/" + i0, schemaPath: "#/properties/dependsOn/items/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.dependsOn.items.type, parentSchema: schema18.properties.dependsOn.items, data: data12 };
            vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
          }
        }
      } else {
        let err30 = { instancePath: instancePath + "/dependsOn", schemaPath: "#/properties/dependsOn/type", keyword: "type", params: { type: "array" }, schema: schema18.properties.dependsOn.type, parentSchema: schema18.properties.dependsOn, data: data11 };
        vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
      }
    }
    if (data.releases !== void 0) {
      let data13 = data.releases;
      if (typeof data13 != "string") {
        let err31 = { instancePath: instancePath + "/releases", schemaPath: "#/properties/releases/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.releases.type, parentSchema: schema18.properties.releases, data: data13 };
        vErrors === null ? vErrors = [err31] : vErrors.push(err31), errors++;
      }
    }
    if (data.runsOn !== void 0) {
      let data14 = data.runsOn;
      if (typeof data14 != "string") {
        let err32 = { instancePath: instancePath + "/runsOn", schemaPath: "#/properties/runsOn/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.runsOn.type, parentSchema: schema18.properties.runsOn, data: data14 };
        vErrors === null ? vErrors = [err32] : vErrors.push(err32), errors++;
      }
      if (!(data14 === "success" || data14 === "failure" || data14 === "end")) {
        let err33 = { instancePath: instancePath + "/runsOn", schemaPath: "#/properties/runsOn/enum", keyword: "enum", params: { allowedValues: schema18.properties.runsOn.enum }, schema: schema18.properties.runsOn.enum, parentSchema: schema18.properties.runsOn, data: data14 };
        vErrors === null ? vErrors = [err33] : vErrors.push(err33), errors++;
      }
    }
    if (data.destructive !== void 0) {
      let data15 = data.destructive;
      if (typeof data15 != "boolean") {
        let err34 = { instancePath: instancePath + "/destructive", schemaPath: "#/properties/destructive/type", keyword: "type", params: { type: "boolean" }, schema: schema18.properties.destructive.type, parentSchema: schema18.properties.destructive, data: data15 };
        vErrors === null ? vErrors = [err34] : vErrors.push(err34), errors++;
      }
    }
    if (data.preconditions !== void 0) {
      let data16 = data.preconditions;
      if (Array.isArray(data16)) {
        let len1 = data16.length;
        for (let i1 = 0; i1 < len1; i1++)
          validate16(data16[i1], { instancePath: instancePath + "/preconditions/" + i1, parentData: data16, parentDataProperty: i1, rootData }) || (vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors), errors = vErrors.length);
      } else {
        let err35 = { instancePath: instancePath + "/preconditions", schemaPath: "#/properties/preconditions/type", keyword: "type", params: { type: "array" }, schema: schema18.properties.preconditions.type, parentSchema: schema18.properties.preconditions, data: data16 };
        vErrors === null ? vErrors = [err35] : vErrors.push(err35), errors++;
      }
    }
    if (data.commands !== void 0) {
      let data18 = data.commands;
      if (Array.isArray(data18)) {
        let len2 = data18.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data19 = data18[i2];
          if (Array.isArray(data19)) {
            let len3 = data19.length;
            for (let i3 = 0; i3 < len3; i3++) {
              let data20 = data19[i3];
              if (typeof data20 != "string") {
                let err36 = { instancePath: instancePath + "/commands/" + i2 + "/" + i3, schemaPath: "#/properties/commands/items/items/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.commands.items.items.type, parentSchema: schema18.properties.commands.items.items, data: data20 };
                vErrors === null ? vErrors = [err36] : vErrors.push(err36), errors++;
              }
            }
          } else {
            let err37 = { instancePath: instancePath + "/commands/" + i2, schemaPath: "#/properties/commands/items/type", keyword: "type", params: { type: "array" }, schema: schema18.properties.commands.items.type, parentSchema: schema18.properties.commands.items, data: data19 };
            vErrors === null ? vErrors = [err37] : vErrors.push(err37), errors++;
          }
        }
      } else {
        let err38 = { instancePath: instancePath + "/commands", schemaPath: "#/properties/commands/type", keyword: "type", params: { type: "array" }, schema: schema18.properties.commands.type, parentSchema: schema18.properties.commands, data: data18 };
        vErrors === null ? vErrors = [err38] : vErrors.push(err38), errors++;
      }
    }
    if (data.estimate !== void 0) {
      let data21 = data.estimate;
      if (data21 && typeof data21 == "object" && !Array.isArray(data21)) {
        if (data21.files === void 0) {
          let err39 = { instancePath: instancePath + "/estimate", schemaPath: "#/definitions/Estimate/required", keyword: "required", params: { missingProperty: "files" }, schema: schema22.required, parentSchema: schema22, data: data21 };
          vErrors === null ? vErrors = [err39] : vErrors.push(err39), errors++;
        }
        if (data21.bytes === void 0) {
          let err40 = { instancePath: instancePath + "/estimate", schemaPath: "#/definitions/Estimate/required", keyword: "required", params: { missingProperty: "bytes" }, schema: schema22.required, parentSchema: schema22, data: data21 };
          vErrors === null ? vErrors = [err40] : vErrors.push(err40), errors++;
        }
        if (data21.creates === void 0) {
          let err41 = { instancePath: instancePath + "/estimate", schemaPath: "#/definitions/Estimate/required", keyword: "required", params: { missingProperty: "creates" }, schema: schema22.required, parentSchema: schema22, data: data21 };
          vErrors === null ? vErrors = [err41] : vErrors.push(err41), errors++;
        }
        if (data21.updates === void 0) {
          let err42 = { instancePath: instancePath + "/estimate", schemaPath: "#/definitions/Estimate/required", keyword: "required", params: { missingProperty: "updates" }, schema: schema22.required, parentSchema: schema22, data: data21 };
          vErrors === null ? vErrors = [err42] : vErrors.push(err42), errors++;
        }
        if (data21.deletes === void 0) {
          let err43 = { instancePath: instancePath + "/estimate", schemaPath: "#/definitions/Estimate/required", keyword: "required", params: { missingProperty: "deletes" }, schema: schema22.required, parentSchema: schema22, data: data21 };
          vErrors === null ? vErrors = [err43] : vErrors.push(err43), errors++;
        }
        if (data21.basis === void 0) {
          let err44 = { instancePath: instancePath + "/estimate", schemaPath: "#/definitions/Estimate/required", keyword: "required", params: { missingProperty: "basis" }, schema: schema22.required, parentSchema: schema22, data: data21 };
          vErrors === null ? vErrors = [err44] : vErrors.push(err44), errors++;
        }
        if (data21.files !== void 0) {
          let data22 = data21.files;
          if (!(typeof data22 == "number" && isFinite(data22))) {
            let err45 = { instancePath: instancePath + "/estimate/files", schemaPath: "#/definitions/Estimate/properties/files/type", keyword: "type", params: { type: "number" }, schema: schema22.properties.files.type, parentSchema: schema22.properties.files, data: data22 };
            vErrors === null ? vErrors = [err45] : vErrors.push(err45), errors++;
          }
        }
        if (data21.bytes !== void 0) {
          let data23 = data21.bytes;
          if (!(typeof data23 == "number" && isFinite(data23))) {
            let err46 = { instancePath: instancePath + "/estimate/bytes", schemaPath: "#/definitions/Estimate/properties/bytes/type", keyword: "type", params: { type: "number" }, schema: schema22.properties.bytes.type, parentSchema: schema22.properties.bytes, data: data23 };
            vErrors === null ? vErrors = [err46] : vErrors.push(err46), errors++;
          }
        }
        if (data21.creates !== void 0) {
          let data24 = data21.creates;
          if (!(typeof data24 == "number" && isFinite(data24))) {
            let err47 = { instancePath: instancePath + "/estimate/creates", schemaPath: "#/definitions/Estimate/properties/creates/type", keyword: "type", params: { type: "number" }, schema: schema22.properties.creates.type, parentSchema: schema22.properties.creates, data: data24 };
            vErrors === null ? vErrors = [err47] : vErrors.push(err47), errors++;
          }
        }
        if (data21.updates !== void 0) {
          let data25 = data21.updates;
          if (!(typeof data25 == "number" && isFinite(data25))) {
            let err48 = { instancePath: instancePath + "/estimate/updates", schemaPath: "#/definitions/Estimate/properties/updates/type", keyword: "type", params: { type: "number" }, schema: schema22.properties.updates.type, parentSchema: schema22.properties.updates, data: data25 };
            vErrors === null ? vErrors = [err48] : vErrors.push(err48), errors++;
          }
        }
        if (data21.deletes !== void 0) {
          let data26 = data21.deletes;
          if (!(typeof data26 == "number" && isFinite(data26))) {
            let err49 = { instancePath: instancePath + "/estimate/deletes", schemaPath: "#/definitions/Estimate/properties/deletes/type", keyword: "type", params: { type: "number" }, schema: schema22.properties.deletes.type, parentSchema: schema22.properties.deletes, data: data26 };
            vErrors === null ? vErrors = [err49] : vErrors.push(err49), errors++;
          }
        }
        if (data21.basis !== void 0) {
          let data27 = data21.basis;
          if (typeof data27 != "string") {
            let err50 = { instancePath: instancePath + "/estimate/basis", schemaPath: "#/definitions/Estimate/properties/basis/type", keyword: "type", params: { type: "string" }, schema: schema22.properties.basis.type, parentSchema: schema22.properties.basis, data: data27 };
            vErrors === null ? vErrors = [err50] : vErrors.push(err50), errors++;
          }
          if (!(data27 === "dry-run" || data27 === "last-run")) {
            let err51 = { instancePath: instancePath + "/estimate/basis", schemaPath: "#/definitions/Estimate/properties/basis/enum", keyword: "enum", params: { allowedValues: schema22.properties.basis.enum }, schema: schema22.properties.basis.enum, parentSchema: schema22.properties.basis, data: data27 };
            vErrors === null ? vErrors = [err51] : vErrors.push(err51), errors++;
          }
        }
      } else {
        let err52 = { instancePath: instancePath + "/estimate", schemaPath: "#/definitions/Estimate/type", keyword: "type", params: { type: "object" }, schema: schema22.type, parentSchema: schema22, data: data21 };
        vErrors === null ? vErrors = [err52] : vErrors.push(err52), errors++;
      }
    }
    if (data.deleteLimit !== void 0) {
      let data28 = data.deleteLimit;
      if (data28 && typeof data28 == "object" && !Array.isArray(data28)) {
        if (data28.percent === void 0) {
          let err53 = { instancePath: instancePath + "/deleteLimit", schemaPath: "#/properties/deleteLimit/required", keyword: "required", params: { missingProperty: "percent" }, schema: schema18.properties.deleteLimit.required, parentSchema: schema18.properties.deleteLimit, data: data28 };
          vErrors === null ? vErrors = [err53] : vErrors.push(err53), errors++;
        }
        if (data28.files === void 0) {
          let err54 = { instancePath: instancePath + "/deleteLimit", schemaPath: "#/properties/deleteLimit/required", keyword: "required", params: { missingProperty: "files" }, schema: schema18.properties.deleteLimit.required, parentSchema: schema18.properties.deleteLimit, data: data28 };
          vErrors === null ? vErrors = [err54] : vErrors.push(err54), errors++;
        }
        if (data28.percent !== void 0) {
          let data29 = data28.percent;
          if (!(typeof data29 == "number" && isFinite(data29))) {
            let err55 = { instancePath: instancePath + "/deleteLimit/percent", schemaPath: "#/properties/deleteLimit/properties/percent/type", keyword: "type", params: { type: "number" }, schema: schema18.properties.deleteLimit.properties.percent.type, parentSchema: schema18.properties.deleteLimit.properties.percent, data: data29 };
            vErrors === null ? vErrors = [err55] : vErrors.push(err55), errors++;
          }
        }
        if (data28.files !== void 0) {
          let data30 = data28.files;
          if (!(typeof data30 == "number" && isFinite(data30)) && data30 !== null) {
            let err56 = { instancePath: instancePath + "/deleteLimit/files", schemaPath: "#/properties/deleteLimit/properties/files/type", keyword: "type", params: { type: schema18.properties.deleteLimit.properties.files.type }, schema: schema18.properties.deleteLimit.properties.files.type, parentSchema: schema18.properties.deleteLimit.properties.files, data: data30 };
            vErrors === null ? vErrors = [err56] : vErrors.push(err56), errors++;
          }
        }
      } else {
        let err57 = { instancePath: instancePath + "/deleteLimit", schemaPath: "#/properties/deleteLimit/type", keyword: "type", params: { type: "object" }, schema: schema18.properties.deleteLimit.type, parentSchema: schema18.properties.deleteLimit, data: data28 };
        vErrors === null ? vErrors = [err57] : vErrors.push(err57), errors++;
      }
    }
    if (data.deferred !== void 0) {
      let data31 = data.deferred;
      if (typeof data31 != "string") {
        let err58 = { instancePath: instancePath + "/deferred", schemaPath: "#/properties/deferred/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.deferred.type, parentSchema: schema18.properties.deferred, data: data31 };
        vErrors === null ? vErrors = [err58] : vErrors.push(err58), errors++;
      }
    }
    if (data.awaits !== void 0) {
      let data32 = data.awaits;
      if (Array.isArray(data32)) {
        let len4 = data32.length;
        for (let i4 = 0; i4 < len4; i4++) {
          let data33 = data32[i4];
          if (typeof data33 != "string") {
            let err59 = { instancePath: instancePath + "/awaits/" + i4, schemaPath: "#/properties/awaits/items/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.awaits.items.type, parentSchema: schema18.properties.awaits.items, data: data33 };
            vErrors === null ? vErrors = [err59] : vErrors.push(err59), errors++;
          }
        }
      } else {
        let err60 = { instancePath: instancePath + "/awaits", schemaPath: "#/properties/awaits/type", keyword: "type", params: { type: "array" }, schema: schema18.properties.awaits.type, parentSchema: schema18.properties.awaits, data: data32 };
        vErrors === null ? vErrors = [err60] : vErrors.push(err60), errors++;
      }
    }
    if (data.secrets !== void 0) {
      let data34 = data.secrets;
      if (Array.isArray(data34)) {
        let len5 = data34.length;
        for (let i5 = 0; i5 < len5; i5++) {
          let data35 = data34[i5];
          if (typeof data35 != "string") {
            let err61 = { instancePath: instancePath + "/secrets/" + i5, schemaPath: "#/properties/secrets/items/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.secrets.items.type, parentSchema: schema18.properties.secrets.items, data: data35 };
            vErrors === null ? vErrors = [err61] : vErrors.push(err61), errors++;
          }
        }
      } else {
        let err62 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/type", keyword: "type", params: { type: "array" }, schema: schema18.properties.secrets.type, parentSchema: schema18.properties.secrets, data: data34 };
        vErrors === null ? vErrors = [err62] : vErrors.push(err62), errors++;
      }
    }
    if (data.locks !== void 0) {
      let data36 = data.locks;
      if (Array.isArray(data36)) {
        let len6 = data36.length;
        for (let i6 = 0; i6 < len6; i6++) {
          let data37 = data36[i6];
          if (data37 && typeof data37 == "object" && !Array.isArray(data37)) {
            if (data37.path === void 0) {
              let err63 = { instancePath: instancePath + "/locks/" + i6, schemaPath: "#/definitions/LockRequest/required", keyword: "required", params: { missingProperty: "path" }, schema: schema23.required, parentSchema: schema23, data: data37 };
              vErrors === null ? vErrors = [err63] : vErrors.push(err63), errors++;
            }
            if (data37.mode === void 0) {
              let err64 = { instancePath: instancePath + "/locks/" + i6, schemaPath: "#/definitions/LockRequest/required", keyword: "required", params: { missingProperty: "mode" }, schema: schema23.required, parentSchema: schema23, data: data37 };
              vErrors === null ? vErrors = [err64] : vErrors.push(err64), errors++;
            }
            if (data37.path !== void 0) {
              let data38 = data37.path;
              if (typeof data38 != "string") {
                let err65 = { instancePath: instancePath + "/locks/" + i6 + "/path", schemaPath: "#/definitions/LockRequest/properties/path/type", keyword: "type", params: { type: "string" }, schema: schema23.properties.path.type, parentSchema: schema23.properties.path, data: data38 };
                vErrors === null ? vErrors = [err65] : vErrors.push(err65), errors++;
              }
            }
            if (data37.mode !== void 0) {
              let data39 = data37.mode;
              if (typeof data39 != "string") {
                let err66 = { instancePath: instancePath + "/locks/" + i6 + "/mode", schemaPath: "#/definitions/LockRequest/properties/mode/type", keyword: "type", params: { type: "string" }, schema: schema23.properties.mode.type, parentSchema: schema23.properties.mode, data: data39 };
                vErrors === null ? vErrors = [err66] : vErrors.push(err66), errors++;
              }
              if (!(data39 === "exclusive" || data39 === "shared")) {
                let err67 = { instancePath: instancePath + "/locks/" + i6 + "/mode", schemaPath: "#/definitions/LockRequest/properties/mode/enum", keyword: "enum", params: { allowedValues: schema23.properties.mode.enum }, schema: schema23.properties.mode.enum, parentSchema: schema23.properties.mode, data: data39 };
                vErrors === null ? vErrors = [err67] : vErrors.push(err67), errors++;
              }
            }
            if (data37.host !== void 0) {
              let data40 = data37.host;
              if (typeof data40 != "string") {
                let err68 = { instancePath: instancePath + "/locks/" + i6 + "/host", schemaPath: "#/definitions/LockRequest/properties/host/type", keyword: "type", params: { type: "string" }, schema: schema23.properties.host.type, parentSchema: schema23.properties.host, data: data40 };
                vErrors === null ? vErrors = [err68] : vErrors.push(err68), errors++;
              }
            }
          } else {
            let err69 = { instancePath: instancePath + "/locks/" + i6, schemaPath: "#/definitions/LockRequest/type", keyword: "type", params: { type: "object" }, schema: schema23.type, parentSchema: schema23, data: data37 };
            vErrors === null ? vErrors = [err69] : vErrors.push(err69), errors++;
          }
        }
      } else {
        let err70 = { instancePath: instancePath + "/locks", schemaPath: "#/properties/locks/type", keyword: "type", params: { type: "array" }, schema: schema18.properties.locks.type, parentSchema: schema18.properties.locks, data: data36 };
        vErrors === null ? vErrors = [err70] : vErrors.push(err70), errors++;
      }
    }
    if (data.devices !== void 0) {
      let data41 = data.devices;
      if (Array.isArray(data41)) {
        let len7 = data41.length;
        for (let i7 = 0; i7 < len7; i7++) {
          let data42 = data41[i7];
          if (typeof data42 != "string") {
            let err71 = { instancePath: instancePath + "/devices/" + i7, schemaPath: "#/properties/devices/items/type", keyword: "type", params: { type: "string" }, schema: schema18.properties.devices.items.type, parentSchema: schema18.properties.devices.items, data: data42 };
            vErrors === null ? vErrors = [err71] : vErrors.push(err71), errors++;
          }
        }
      } else {
        let err72 = { instancePath: instancePath + "/devices", schemaPath: "#/properties/devices/type", keyword: "type", params: { type: "array" }, schema: schema18.properties.devices.type, parentSchema: schema18.properties.devices, data: data41 };
        vErrors === null ? vErrors = [err72] : vErrors.push(err72), errors++;
      }
    }
    data.params !== void 0 && (validate17(data.params, { instancePath: instancePath + "/params", parentData: data, parentDataProperty: "params", rootData }) || (vErrors = vErrors === null ? validate17.errors : vErrors.concat(validate17.errors), errors = vErrors.length));
  } else {
    let err73 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema18.type, parentSchema: schema18, data };
    vErrors === null ? vErrors = [err73] : vErrors.push(err73), errors++;
  }
  return validate15.errors = vErrors, errors === 0;
}
var schema24 = { type: "object", properties: { severity: { $ref: "#/definitions/Severity" }, code: { type: "string", description: "Stable, kebab-case." }, message: { type: "string" }, location: { $ref: "#/definitions/Position" }, excerpt: { type: "string", description: "The line of the file that `location` names, for showing it with a caret." }, help: { type: "string", description: "What a person can do about it." }, sync: { type: "string", description: "The sync that it is about." }, volume: { type: "string", description: "The volume that it is about." }, guard: { type: "boolean", description: "True for an error that protects data and that `--allow-destructive` overrides. A sync blocked by guards only makes exit code 3, by any other error 1." } }, required: ["severity", "code", "message"], description: "A coded remark about spec, facts or plan. Codes are stable and listed in docs/findings.md; the text may change." }, schema25 = { type: "string", enum: ["error", "warning", "info"] }, schema26 = { type: "object", properties: { file: { type: "string" }, line: { type: "number" }, column: { type: "number" } }, required: ["file", "line", "column"], description: "A place in a file that a person wrote. Lines and columns count from 1, columns in UTF-16 code units." };
function validate22(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.severity === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "severity" }, schema: schema24.required, parentSchema: schema24, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.code === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "code" }, schema: schema24.required, parentSchema: schema24, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.message === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "message" }, schema: schema24.required, parentSchema: schema24, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.severity !== void 0) {
      let data0 = data.severity;
      if (typeof data0 != "string") {
        let err3 = { instancePath: instancePath + "/severity", schemaPath: "#/definitions/Severity/type", keyword: "type", params: { type: "string" }, schema: schema25.type, parentSchema: schema25, data: data0 };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
      if (!(data0 === "error" || data0 === "warning" || data0 === "info")) {
        let err4 = { instancePath: instancePath + "/severity", schemaPath: "#/definitions/Severity/enum", keyword: "enum", params: { allowedValues: schema25.enum }, schema: schema25.enum, parentSchema: schema25, data: data0 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
    if (data.code !== void 0) {
      let data1 = data.code;
      if (typeof data1 != "string") {
        let err5 = { instancePath: instancePath + "/code", schemaPath: "#/properties/code/type", keyword: "type", params: { type: "string" }, schema: schema24.properties.code.type, parentSchema: schema24.properties.code, data: data1 };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
    }
    if (data.message !== void 0) {
      let data2 = data.message;
      if (typeof data2 != "string") {
        let err6 = { instancePath: instancePath + "/message", schemaPath: "#/properties/message/type", keyword: "type", params: { type: "string" }, schema: schema24.properties.message.type, parentSchema: schema24.properties.message, data: data2 };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
    if (data.location !== void 0) {
      let data3 = data.location;
      if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
        if (data3.file === void 0) {
          let err7 = { instancePath: instancePath + "/location", schemaPath: "#/definitions/Position/required", keyword: "required", params: { missingProperty: "file" }, schema: schema26.required, parentSchema: schema26, data: data3 };
          vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
        }
        if (data3.line === void 0) {
          let err8 = { instancePath: instancePath + "/location", schemaPath: "#/definitions/Position/required", keyword: "required", params: { missingProperty: "line" }, schema: schema26.required, parentSchema: schema26, data: data3 };
          vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
        }
        if (data3.column === void 0) {
          let err9 = { instancePath: instancePath + "/location", schemaPath: "#/definitions/Position/required", keyword: "required", params: { missingProperty: "column" }, schema: schema26.required, parentSchema: schema26, data: data3 };
          vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
        }
        if (data3.file !== void 0) {
          let data4 = data3.file;
          if (typeof data4 != "string") {
            let err10 = { instancePath: instancePath + "/location/file", schemaPath: "#/definitions/Position/properties/file/type", keyword: "type", params: { type: "string" }, schema: schema26.properties.file.type, parentSchema: schema26.properties.file, data: data4 };
            vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
          }
        }
        if (data3.line !== void 0) {
          let data5 = data3.line;
          if (!(typeof data5 == "number" && isFinite(data5))) {
            let err11 = { instancePath: instancePath + "/location/line", schemaPath: "#/definitions/Position/properties/line/type", keyword: "type", params: { type: "number" }, schema: schema26.properties.line.type, parentSchema: schema26.properties.line, data: data5 };
            vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
          }
        }
        if (data3.column !== void 0) {
          let data6 = data3.column;
          if (!(typeof data6 == "number" && isFinite(data6))) {
            let err12 = { instancePath: instancePath + "/location/column", schemaPath: "#/definitions/Position/properties/column/type", keyword: "type", params: { type: "number" }, schema: schema26.properties.column.type, parentSchema: schema26.properties.column, data: data6 };
            vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
          }
        }
      } else {
        let err13 = { instancePath: instancePath + "/location", schemaPath: "#/definitions/Position/type", keyword: "type", params: { type: "object" }, schema: schema26.type, parentSchema: schema26, data: data3 };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
    }
    if (data.excerpt !== void 0) {
      let data7 = data.excerpt;
      if (typeof data7 != "string") {
        let err14 = { instancePath: instancePath + "/excerpt", schemaPath: "#/properties/excerpt/type", keyword: "type", params: { type: "string" }, schema: schema24.properties.excerpt.type, parentSchema: schema24.properties.excerpt, data: data7 };
        vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
      }
    }
    if (data.help !== void 0) {
      let data8 = data.help;
      if (typeof data8 != "string") {
        let err15 = { instancePath: instancePath + "/help", schemaPath: "#/properties/help/type", keyword: "type", params: { type: "string" }, schema: schema24.properties.help.type, parentSchema: schema24.properties.help, data: data8 };
        vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
      }
    }
    if (data.sync !== void 0) {
      let data9 = data.sync;
      if (typeof data9 != "string") {
        let err16 = { instancePath: instancePath + "/sync", schemaPath: "#/properties/sync/type", keyword: "type", params: { type: "string" }, schema: schema24.properties.sync.type, parentSchema: schema24.properties.sync, data: data9 };
        vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
      }
    }
    if (data.volume !== void 0) {
      let data10 = data.volume;
      if (typeof data10 != "string") {
        let err17 = { instancePath: instancePath + "/volume", schemaPath: "#/properties/volume/type", keyword: "type", params: { type: "string" }, schema: schema24.properties.volume.type, parentSchema: schema24.properties.volume, data: data10 };
        vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
      }
    }
    if (data.guard !== void 0) {
      let data11 = data.guard;
      if (typeof data11 != "boolean") {
        let err18 = { instancePath: instancePath + "/guard", schemaPath: "#/properties/guard/type", keyword: "type", params: { type: "boolean" }, schema: schema24.properties.guard.type, parentSchema: schema24.properties.guard, data: data11 };
        vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
      }
    }
  } else {
    let err19 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema24.type, parentSchema: schema24, data };
    vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
  }
  return validate22.errors = vErrors, errors === 0;
}
var schema28 = { type: "object", properties: { volume: { type: "string" }, sharedWith: { type: "array", items: { type: "string" }, description: "Other volumes of the plan on the same file system: what is written to them counts here." }, freeBytes: { type: "number", description: "When it was observed." }, bytes: { $ref: "#/definitions/Range" }, files: { $ref: "#/definitions/Range" }, pruned: { type: "object", properties: { snapshots: { type: "number" }, bytes: { anyOf: [{ $ref: "#/definitions/Range" }, { type: "null" }] } }, required: ["snapshots", "bytes"], description: "Snapshots that are pruned, and the bytes that this gives back; null where nobody has counted them." }, peakFreeBytes: { $ref: "#/definitions/Range", description: "Free space when it is least, and in the end. Below zero: it does not fit. What is not known to be freed is not." }, finalFreeBytes: { $ref: "#/definitions/Range" }, basis: { type: "array", items: { type: "string", enum: ["dry-run", "last-run"] }, description: "What the numbers come from. A dry run has counted; a last run is a guess." }, unknown: { type: "array", items: { type: "string" }, description: "Syncs of which nothing is known: with them it may be more." } }, required: ["volume", "sharedWith", "freeBytes", "bytes", "files", "pruned", "peakFreeBytes", "finalFreeBytes", "basis", "unknown"], description: "Bytes and files that a plan writes to one file system, and what is left there, along its steps in their order." }, schema29 = { type: "object", properties: { low: { type: "number" }, high: { type: "number" } }, required: ["low", "high"] };
function validate24(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.volume === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "volume" }, schema: schema28.required, parentSchema: schema28, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.sharedWith === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "sharedWith" }, schema: schema28.required, parentSchema: schema28, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.freeBytes === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "freeBytes" }, schema: schema28.required, parentSchema: schema28, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.bytes === void 0) {
      let err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "bytes" }, schema: schema28.required, parentSchema: schema28, data };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.files === void 0) {
      let err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "files" }, schema: schema28.required, parentSchema: schema28, data };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.pruned === void 0) {
      let err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "pruned" }, schema: schema28.required, parentSchema: schema28, data };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
    if (data.peakFreeBytes === void 0) {
      let err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "peakFreeBytes" }, schema: schema28.required, parentSchema: schema28, data };
      vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
    }
    if (data.finalFreeBytes === void 0) {
      let err7 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "finalFreeBytes" }, schema: schema28.required, parentSchema: schema28, data };
      vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
    }
    if (data.basis === void 0) {
      let err8 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "basis" }, schema: schema28.required, parentSchema: schema28, data };
      vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
    }
    if (data.unknown === void 0) {
      let err9 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "unknown" }, schema: schema28.required, parentSchema: schema28, data };
      vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
    }
    if (data.volume !== void 0) {
      let data0 = data.volume;
      if (typeof data0 != "string") {
        let err10 = { instancePath: instancePath + "/volume", schemaPath: "#/properties/volume/type", keyword: "type", params: { type: "string" }, schema: schema28.properties.volume.type, parentSchema: schema28.properties.volume, data: data0 };
        vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
      }
    }
    if (data.sharedWith !== void 0) {
      let data1 = data.sharedWith;
      if (Array.isArray(data1)) {
        let len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data2 = data1[i0];
          if (typeof data2 != "string") {
            let err11 = { instancePath: instancePath + "/sharedWith/" + i0, schemaPath: "#/properties/sharedWith/items/type", keyword: "type", params: { type: "string" }, schema: schema28.properties.sharedWith.items.type, parentSchema: schema28.properties.sharedWith.items, data: data2 };
            vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
          }
        }
      } else {
        let err12 = { instancePath: instancePath + "/sharedWith", schemaPath: "#/properties/sharedWith/type", keyword: "type", params: { type: "array" }, schema: schema28.properties.sharedWith.type, parentSchema: schema28.properties.sharedWith, data: data1 };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
    }
    if (data.freeBytes !== void 0) {
      let data3 = data.freeBytes;
      if (!(typeof data3 == "number" && isFinite(data3))) {
        let err13 = { instancePath: instancePath + "/freeBytes", schemaPath: "#/properties/freeBytes/type", keyword: "type", params: { type: "number" }, schema: schema28.properties.freeBytes.type, parentSchema: schema28.properties.freeBytes, data: data3 };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
    }
    if (data.bytes !== void 0) {
      let data4 = data.bytes;
      if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
        if (data4.low === void 0) {
          let err14 = { instancePath: instancePath + "/bytes", schemaPath: "#/definitions/Range/required", keyword: "required", params: { missingProperty: "low" }, schema: schema29.required, parentSchema: schema29, data: data4 };
          vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
        }
        if (data4.high === void 0) {
          let err15 = { instancePath: instancePath + "/bytes", schemaPath: "#/definitions/Range/required", keyword: "required", params: { missingProperty: "high" }, schema: schema29.required, parentSchema: schema29, data: data4 };
          vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
        }
        if (data4.low !== void 0) {
          let data5 = data4.low;
          if (!(typeof data5 == "number" && isFinite(data5))) {
            let err16 = { instancePath: instancePath + "/bytes/low", schemaPath: "#/definitions/Range/properties/low/type", keyword: "type", params: { type: "number" }, schema: schema29.properties.low.type, parentSchema: schema29.properties.low, data: data5 };
            vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
          }
        }
        if (data4.high !== void 0) {
          let data6 = data4.high;
          if (!(typeof data6 == "number" && isFinite(data6))) {
            let err17 = { instancePath: instancePath + "/bytes/high", schemaPath: "#/definitions/Range/properties/high/type", keyword: "type", params: { type: "number" }, schema: schema29.properties.high.type, parentSchema: schema29.properties.high, data: data6 };
            vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
          }
        }
      } else {
        let err18 = { instancePath: instancePath + "/bytes", schemaPath: "#/definitions/Range/type", keyword: "type", params: { type: "object" }, schema: schema29.type, parentSchema: schema29, data: data4 };
        vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
      }
    }
    if (data.files !== void 0) {
      let data7 = data.files;
      if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
        if (data7.low === void 0) {
          let err19 = { instancePath: instancePath + "/files", schemaPath: "#/definitions/Range/required", keyword: "required", params: { missingProperty: "low" }, schema: schema29.required, parentSchema: schema29, data: data7 };
          vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
        }
        if (data7.high === void 0) {
          let err20 = { instancePath: instancePath + "/files", schemaPath: "#/definitions/Range/required", keyword: "required", params: { missingProperty: "high" }, schema: schema29.required, parentSchema: schema29, data: data7 };
          vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
        }
        if (data7.low !== void 0) {
          let data8 = data7.low;
          if (!(typeof data8 == "number" && isFinite(data8))) {
            let err21 = { instancePath: instancePath + "/files/low", schemaPath: "#/definitions/Range/properties/low/type", keyword: "type", params: { type: "number" }, schema: schema29.properties.low.type, parentSchema: schema29.properties.low, data: data8 };
            vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
          }
        }
        if (data7.high !== void 0) {
          let data9 = data7.high;
          if (!(typeof data9 == "number" && isFinite(data9))) {
            let err22 = { instancePath: instancePath + "/files/high", schemaPath: "#/definitions/Range/properties/high/type", keyword: "type", params: { type: "number" }, schema: schema29.properties.high.type, parentSchema: schema29.properties.high, data: data9 };
            vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
          }
        }
      } else {
        let err23 = { instancePath: instancePath + "/files", schemaPath: "#/definitions/Range/type", keyword: "type", params: { type: "object" }, schema: schema29.type, parentSchema: schema29, data: data7 };
        vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
      }
    }
    if (data.pruned !== void 0) {
      let data10 = data.pruned;
      if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
        if (data10.snapshots === void 0) {
          let err24 = { instancePath: instancePath + "/pruned", schemaPath: "#/properties/pruned/required", keyword: "required", params: { missingProperty: "snapshots" }, schema: schema28.properties.pruned.required, parentSchema: schema28.properties.pruned, data: data10 };
          vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
        }
        if (data10.bytes === void 0) {
          let err25 = { instancePath: instancePath + "/pruned", schemaPath: "#/properties/pruned/required", keyword: "required", params: { missingProperty: "bytes" }, schema: schema28.properties.pruned.required, parentSchema: schema28.properties.pruned, data: data10 };
          vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
        }
        if (data10.snapshots !== void 0) {
          let data11 = data10.snapshots;
          if (!(typeof data11 == "number" && isFinite(data11))) {
            let err26 = { instancePath: instancePath + "/pruned/snapshots", schemaPath: "#/properties/pruned/properties/snapshots/type", keyword: "type", params: { type: "number" }, schema: schema28.properties.pruned.properties.snapshots.type, parentSchema: schema28.properties.pruned.properties.snapshots, data: data11 };
            vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
          }
        }
        if (data10.bytes !== void 0) {
          let data12 = data10.bytes, _errs28 = errors, valid8 = !1, _errs29 = errors;
          if (data12 && typeof data12 == "object" && !Array.isArray(data12)) {
            if (data12.low === void 0) {
              let err27 = { instancePath: instancePath + "/pruned/bytes", schemaPath: "#/definitions/Range/required", keyword: "required", params: { missingProperty: "low" }, schema: schema29.required, parentSchema: schema29, data: data12 };
              vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
            }
            if (data12.high === void 0) {
              let err28 = { instancePath: instancePath + "/pruned/bytes", schemaPath: "#/definitions/Range/required", keyword: "required", params: { missingProperty: "high" }, schema: schema29.required, parentSchema: schema29, data: data12 };
              vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
            }
            if (data12.low !== void 0) {
              let data13 = data12.low;
              if (!(typeof data13 == "number" && isFinite(data13))) {
                let err29 = { instancePath: instancePath + "/pruned/bytes/low", schemaPath: "#/definitions/Range/properties/low/type", keyword: "type", params: { type: "number" }, schema: schema29.properties.low.type, parentSchema: schema29.properties.low, data: data13 };
                vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
              }
            }
            if (data12.high !== void 0) {
              let data14 = data12.high;
              if (!(typeof data14 == "number" && isFinite(data14))) {
                let err30 = { instancePath: instancePath + "/pruned/bytes/high", schemaPath: "#/definitions/Range/properties/high/type", keyword: "type", params: { type: "number" }, schema: schema29.properties.high.type, parentSchema: schema29.properties.high, data: data14 };
                vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
              }
            }
          } else {
            let err31 = { instancePath: instancePath + "/pruned/bytes", schemaPath: "#/definitions/Range/type", keyword: "type", params: { type: "object" }, schema: schema29.type, parentSchema: schema29, data: data12 };
            vErrors === null ? vErrors = [err31] : vErrors.push(err31), errors++;
          }
          var _valid0 = _errs29 === errors;
          if (valid8 = valid8 || _valid0, !valid8) {
            let _errs36 = errors;
            if (data12 !== null) {
              let err32 = { instancePath: instancePath + "/pruned/bytes", schemaPath: "#/properties/pruned/properties/bytes/anyOf/1/type", keyword: "type", params: { type: "null" }, schema: schema28.properties.pruned.properties.bytes.anyOf[1].type, parentSchema: schema28.properties.pruned.properties.bytes.anyOf[1], data: data12 };
              vErrors === null ? vErrors = [err32] : vErrors.push(err32), errors++;
            }
            var _valid0 = _errs36 === errors;
            valid8 = valid8 || _valid0;
          }
          if (valid8)
            errors = _errs28, vErrors !== null && (_errs28 ? vErrors.length = _errs28 : vErrors = null);
          else {
            let err33 = { instancePath: instancePath + "/pruned/bytes", schemaPath: "#/properties/pruned/properties/bytes/anyOf", keyword: "anyOf", params: {}, schema: schema28.properties.pruned.properties.bytes.anyOf, parentSchema: schema28.properties.pruned.properties.bytes, data: data12 };
            vErrors === null ? vErrors = [err33] : vErrors.push(err33), errors++;
          }
        }
      } else {
        let err34 = { instancePath: instancePath + "/pruned", schemaPath: "#/properties/pruned/type", keyword: "type", params: { type: "object" }, schema: schema28.properties.pruned.type, parentSchema: schema28.properties.pruned, data: data10 };
        vErrors === null ? vErrors = [err34] : vErrors.push(err34), errors++;
      }
    }
    if (data.peakFreeBytes !== void 0) {
      let data15 = data.peakFreeBytes;
      if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
        if (data15.low === void 0) {
          let err35 = { instancePath: instancePath + "/peakFreeBytes", schemaPath: "#/definitions/Range/required", keyword: "required", params: { missingProperty: "low" }, schema: schema29.required, parentSchema: schema29, data: data15 };
          vErrors === null ? vErrors = [err35] : vErrors.push(err35), errors++;
        }
        if (data15.high === void 0) {
          let err36 = { instancePath: instancePath + "/peakFreeBytes", schemaPath: "#/definitions/Range/required", keyword: "required", params: { missingProperty: "high" }, schema: schema29.required, parentSchema: schema29, data: data15 };
          vErrors === null ? vErrors = [err36] : vErrors.push(err36), errors++;
        }
        if (data15.low !== void 0) {
          let data16 = data15.low;
          if (!(typeof data16 == "number" && isFinite(data16))) {
            let err37 = { instancePath: instancePath + "/peakFreeBytes/low", schemaPath: "#/definitions/Range/properties/low/type", keyword: "type", params: { type: "number" }, schema: schema29.properties.low.type, parentSchema: schema29.properties.low, data: data16 };
            vErrors === null ? vErrors = [err37] : vErrors.push(err37), errors++;
          }
        }
        if (data15.high !== void 0) {
          let data17 = data15.high;
          if (!(typeof data17 == "number" && isFinite(data17))) {
            let err38 = { instancePath: instancePath + "/peakFreeBytes/high", schemaPath: "#/definitions/Range/properties/high/type", keyword: "type", params: { type: "number" }, schema: schema29.properties.high.type, parentSchema: schema29.properties.high, data: data17 };
            vErrors === null ? vErrors = [err38] : vErrors.push(err38), errors++;
          }
        }
      } else {
        let err39 = { instancePath: instancePath + "/peakFreeBytes", schemaPath: "#/definitions/Range/type", keyword: "type", params: { type: "object" }, schema: schema29.type, parentSchema: schema29, data: data15 };
        vErrors === null ? vErrors = [err39] : vErrors.push(err39), errors++;
      }
    }
    if (data.finalFreeBytes !== void 0) {
      let data18 = data.finalFreeBytes;
      if (data18 && typeof data18 == "object" && !Array.isArray(data18)) {
        if (data18.low === void 0) {
          let err40 = { instancePath: instancePath + "/finalFreeBytes", schemaPath: "#/definitions/Range/required", keyword: "required", params: { missingProperty: "low" }, schema: schema29.required, parentSchema: schema29, data: data18 };
          vErrors === null ? vErrors = [err40] : vErrors.push(err40), errors++;
        }
        if (data18.high === void 0) {
          let err41 = { instancePath: instancePath + "/finalFreeBytes", schemaPath: "#/definitions/Range/required", keyword: "required", params: { missingProperty: "high" }, schema: schema29.required, parentSchema: schema29, data: data18 };
          vErrors === null ? vErrors = [err41] : vErrors.push(err41), errors++;
        }
        if (data18.low !== void 0) {
          let data19 = data18.low;
          if (!(typeof data19 == "number" && isFinite(data19))) {
            let err42 = { instancePath: instancePath + "/finalFreeBytes/low", schemaPath: "#/definitions/Range/properties/low/type", keyword: "type", params: { type: "number" }, schema: schema29.properties.low.type, parentSchema: schema29.properties.low, data: data19 };
            vErrors === null ? vErrors = [err42] : vErrors.push(err42), errors++;
          }
        }
        if (data18.high !== void 0) {
          let data20 = data18.high;
          if (!(typeof data20 == "number" && isFinite(data20))) {
            let err43 = { instancePath: instancePath + "/finalFreeBytes/high", schemaPath: "#/definitions/Range/properties/high/type", keyword: "type", params: { type: "number" }, schema: schema29.properties.high.type, parentSchema: schema29.properties.high, data: data20 };
            vErrors === null ? vErrors = [err43] : vErrors.push(err43), errors++;
          }
        }
      } else {
        let err44 = { instancePath: instancePath + "/finalFreeBytes", schemaPath: "#/definitions/Range/type", keyword: "type", params: { type: "object" }, schema: schema29.type, parentSchema: schema29, data: data18 };
        vErrors === null ? vErrors = [err44] : vErrors.push(err44), errors++;
      }
    }
    if (data.basis !== void 0) {
      let data21 = data.basis;
      if (Array.isArray(data21)) {
        let len1 = data21.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data22 = data21[i1];
          if (typeof data22 != "string") {
            let err45 = { instancePath: instancePath + "/basis/" + i1, schemaPath: "#/properties/basis/items/type", keyword: "type", params: { type: "string" }, schema: schema28.properties.basis.items.type, parentSchema: schema28.properties.basis.items, data: data22 };
            vErrors === null ? vErrors = [err45] : vErrors.push(err45), errors++;
          }
          if (!(data22 === "dry-run" || data22 === "last-run")) {
            let err46 = { instancePath: instancePath + "/basis/" + i1, schemaPath: "#/properties/basis/items/enum", keyword: "enum", params: { allowedValues: schema28.properties.basis.items.enum }, schema: schema28.properties.basis.items.enum, parentSchema: schema28.properties.basis.items, data: data22 };
            vErrors === null ? vErrors = [err46] : vErrors.push(err46), errors++;
          }
        }
      } else {
        let err47 = { instancePath: instancePath + "/basis", schemaPath: "#/properties/basis/type", keyword: "type", params: { type: "array" }, schema: schema28.properties.basis.type, parentSchema: schema28.properties.basis, data: data21 };
        vErrors === null ? vErrors = [err47] : vErrors.push(err47), errors++;
      }
    }
    if (data.unknown !== void 0) {
      let data23 = data.unknown;
      if (Array.isArray(data23)) {
        let len2 = data23.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data24 = data23[i2];
          if (typeof data24 != "string") {
            let err48 = { instancePath: instancePath + "/unknown/" + i2, schemaPath: "#/properties/unknown/items/type", keyword: "type", params: { type: "string" }, schema: schema28.properties.unknown.items.type, parentSchema: schema28.properties.unknown.items, data: data24 };
            vErrors === null ? vErrors = [err48] : vErrors.push(err48), errors++;
          }
        }
      } else {
        let err49 = { instancePath: instancePath + "/unknown", schemaPath: "#/properties/unknown/type", keyword: "type", params: { type: "array" }, schema: schema28.properties.unknown.type, parentSchema: schema28.properties.unknown, data: data23 };
        vErrors === null ? vErrors = [err49] : vErrors.push(err49), errors++;
      }
    }
  } else {
    let err50 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema28.type, parentSchema: schema28, data };
    vErrors === null ? vErrors = [err50] : vErrors.push(err50), errors++;
  }
  return validate24.errors = vErrors, errors === 0;
}
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.formatVersion === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "formatVersion" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.tool === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "tool" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.createdAt === void 0) {
      let err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "createdAt" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.id === void 0) {
      let err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "id" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.purpose === void 0) {
      let err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "purpose" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.spec === void 0) {
      let err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "spec" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
    if (data.machine === void 0) {
      let err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "machine" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
    }
    if (data.request === void 0) {
      let err7 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "request" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
    }
    if (data.basis === void 0) {
      let err8 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "basis" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
    }
    if (data.applyable === void 0) {
      let err9 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "applyable" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
    }
    if (data.syncs === void 0) {
      let err10 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "syncs" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
    }
    if (data.steps === void 0) {
      let err11 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "steps" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
    }
    if (data.findings === void 0) {
      let err12 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "findings" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
    }
    if (data.summary === void 0) {
      let err13 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "summary" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
    }
    if (data.formatVersion !== void 0) {
      let data0 = data.formatVersion;
      if (typeof data0 != "string") {
        let err14 = { instancePath: instancePath + "/formatVersion", schemaPath: "#/properties/formatVersion/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.formatVersion.type, parentSchema: schema11.properties.formatVersion, data: data0 };
        vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
      }
    }
    if (data.tool !== void 0) {
      let data1 = data.tool;
      if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
        if (data1.name === void 0) {
          let err15 = { instancePath: instancePath + "/tool", schemaPath: "#/properties/tool/required", keyword: "required", params: { missingProperty: "name" }, schema: schema11.properties.tool.required, parentSchema: schema11.properties.tool, data: data1 };
          vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
        }
        if (data1.version === void 0) {
          let err16 = { instancePath: instancePath + "/tool", schemaPath: "#/properties/tool/required", keyword: "required", params: { missingProperty: "version" }, schema: schema11.properties.tool.required, parentSchema: schema11.properties.tool, data: data1 };
          vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
        }
        if (data1.name !== void 0) {
          let data2 = data1.name;
          if (typeof data2 != "string") {
            let err17 = { instancePath: instancePath + "/tool/name", schemaPath: "#/properties/tool/properties/name/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.tool.properties.name.type, parentSchema: schema11.properties.tool.properties.name, data: data2 };
            vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
          }
          if (data2 !== "nbkp") {
            let err18 = { instancePath: instancePath + "/tool/name", schemaPath: "#/properties/tool/properties/name/const", keyword: "const", params: { allowedValue: "nbkp" }, schema: "nbkp", parentSchema: schema11.properties.tool.properties.name, data: data2 };
            vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
          }
        }
        if (data1.version !== void 0) {
          let data3 = data1.version;
          if (typeof data3 != "string") {
            let err19 = { instancePath: instancePath + "/tool/version", schemaPath: "#/properties/tool/properties/version/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.tool.properties.version.type, parentSchema: schema11.properties.tool.properties.version, data: data3 };
            vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
          }
        }
      } else {
        let err20 = { instancePath: instancePath + "/tool", schemaPath: "#/properties/tool/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.tool.type, parentSchema: schema11.properties.tool, data: data1 };
        vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
      }
    }
    if (data.createdAt !== void 0) {
      let data4 = data.createdAt;
      if (typeof data4 != "string") {
        let err21 = { instancePath: instancePath + "/createdAt", schemaPath: "#/properties/createdAt/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.createdAt.type, parentSchema: schema11.properties.createdAt, data: data4 };
        vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
      }
    }
    if (data.id !== void 0) {
      let data5 = data.id;
      if (typeof data5 != "string") {
        let err22 = { instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.id.type, parentSchema: schema11.properties.id, data: data5 };
        vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
      }
    }
    if (data.purpose !== void 0) {
      let data6 = data.purpose;
      if (typeof data6 != "string") {
        let err23 = { instancePath: instancePath + "/purpose", schemaPath: "#/definitions/PlanPurpose/type", keyword: "type", params: { type: "string" }, schema: schema12.type, parentSchema: schema12, data: data6 };
        vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
      }
      if (!(data6 === "backup" || data6 === "prepare" || data6 === "prune" || data6 === "restore" || data6 === "recover" || data6 === "mount" || data6 === "unmount")) {
        let err24 = { instancePath: instancePath + "/purpose", schemaPath: "#/definitions/PlanPurpose/enum", keyword: "enum", params: { allowedValues: schema12.enum }, schema: schema12.enum, parentSchema: schema12, data: data6 };
        vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
      }
    }
    if (data.spec !== void 0) {
      let data7 = data.spec;
      if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
        if (data7.path === void 0) {
          let err25 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/required", keyword: "required", params: { missingProperty: "path" }, schema: schema11.properties.spec.required, parentSchema: schema11.properties.spec, data: data7 };
          vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
        }
        if (data7.digest === void 0) {
          let err26 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/required", keyword: "required", params: { missingProperty: "digest" }, schema: schema11.properties.spec.required, parentSchema: schema11.properties.spec, data: data7 };
          vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
        }
        if (data7.path !== void 0) {
          let data8 = data7.path;
          if (typeof data8 != "string") {
            let err27 = { instancePath: instancePath + "/spec/path", schemaPath: "#/properties/spec/properties/path/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.spec.properties.path.type, parentSchema: schema11.properties.spec.properties.path, data: data8 };
            vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
          }
        }
        if (data7.digest !== void 0) {
          let data9 = data7.digest;
          if (typeof data9 != "string") {
            let err28 = { instancePath: instancePath + "/spec/digest", schemaPath: "#/properties/spec/properties/digest/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.spec.properties.digest.type, parentSchema: schema11.properties.spec.properties.digest, data: data9 };
            vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
          }
        }
      } else {
        let err29 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.spec.type, parentSchema: schema11.properties.spec, data: data7 };
        vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
      }
    }
    if (data.machine !== void 0) {
      let data10 = data.machine;
      if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
        if (data10.hostname === void 0) {
          let err30 = { instancePath: instancePath + "/machine", schemaPath: "#/properties/machine/required", keyword: "required", params: { missingProperty: "hostname" }, schema: schema11.properties.machine.required, parentSchema: schema11.properties.machine, data: data10 };
          vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
        }
        if (data10.user === void 0) {
          let err31 = { instancePath: instancePath + "/machine", schemaPath: "#/properties/machine/required", keyword: "required", params: { missingProperty: "user" }, schema: schema11.properties.machine.required, parentSchema: schema11.properties.machine, data: data10 };
          vErrors === null ? vErrors = [err31] : vErrors.push(err31), errors++;
        }
        if (data10.hostname !== void 0) {
          let data11 = data10.hostname;
          if (typeof data11 != "string") {
            let err32 = { instancePath: instancePath + "/machine/hostname", schemaPath: "#/properties/machine/properties/hostname/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.machine.properties.hostname.type, parentSchema: schema11.properties.machine.properties.hostname, data: data11 };
            vErrors === null ? vErrors = [err32] : vErrors.push(err32), errors++;
          }
        }
        if (data10.user !== void 0) {
          let data12 = data10.user;
          if (typeof data12 != "string") {
            let err33 = { instancePath: instancePath + "/machine/user", schemaPath: "#/properties/machine/properties/user/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.machine.properties.user.type, parentSchema: schema11.properties.machine.properties.user, data: data12 };
            vErrors === null ? vErrors = [err33] : vErrors.push(err33), errors++;
          }
        }
      } else {
        let err34 = { instancePath: instancePath + "/machine", schemaPath: "#/properties/machine/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.machine.type, parentSchema: schema11.properties.machine, data: data10 };
        vErrors === null ? vErrors = [err34] : vErrors.push(err34), errors++;
      }
    }
    if (data.request !== void 0 && (validate11(data.request, { instancePath: instancePath + "/request", parentData: data, parentDataProperty: "request", rootData }) || (vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors), errors = vErrors.length)), data.basis !== void 0) {
      let data14 = data.basis;
      if (typeof data14 != "string") {
        let err35 = { instancePath: instancePath + "/basis", schemaPath: "#/properties/basis/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.basis.type, parentSchema: schema11.properties.basis, data: data14 };
        vErrors === null ? vErrors = [err35] : vErrors.push(err35), errors++;
      }
      if (!(data14 === "observed" || data14 === "recorded" || data14 === "none")) {
        let err36 = { instancePath: instancePath + "/basis", schemaPath: "#/properties/basis/enum", keyword: "enum", params: { allowedValues: schema11.properties.basis.enum }, schema: schema11.properties.basis.enum, parentSchema: schema11.properties.basis, data: data14 };
        vErrors === null ? vErrors = [err36] : vErrors.push(err36), errors++;
      }
    }
    if (data.applyable !== void 0) {
      let data15 = data.applyable;
      if (typeof data15 != "boolean") {
        let err37 = { instancePath: instancePath + "/applyable", schemaPath: "#/properties/applyable/type", keyword: "type", params: { type: "boolean" }, schema: schema11.properties.applyable.type, parentSchema: schema11.properties.applyable, data: data15 };
        vErrors === null ? vErrors = [err37] : vErrors.push(err37), errors++;
      }
    }
    if (data.syncs !== void 0) {
      let data16 = data.syncs;
      if (Array.isArray(data16)) {
        let len0 = data16.length;
        for (let i0 = 0; i0 < len0; i0++)
          validate13(data16[i0], { instancePath: instancePath + "/syncs/" + i0, parentData: data16, parentDataProperty: i0, rootData }) || (vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors), errors = vErrors.length);
      } else {
        let err38 = { instancePath: instancePath + "/syncs", schemaPath: "#/properties/syncs/type", keyword: "type", params: { type: "array" }, schema: schema11.properties.syncs.type, parentSchema: schema11.properties.syncs, data: data16 };
        vErrors === null ? vErrors = [err38] : vErrors.push(err38), errors++;
      }
    }
    if (data.steps !== void 0) {
      let data18 = data.steps;
      if (Array.isArray(data18)) {
        let len1 = data18.length;
        for (let i1 = 0; i1 < len1; i1++)
          validate15(data18[i1], { instancePath: instancePath + "/steps/" + i1, parentData: data18, parentDataProperty: i1, rootData }) || (vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors), errors = vErrors.length);
      } else {
        let err39 = { instancePath: instancePath + "/steps", schemaPath: "#/properties/steps/type", keyword: "type", params: { type: "array" }, schema: schema11.properties.steps.type, parentSchema: schema11.properties.steps, data: data18 };
        vErrors === null ? vErrors = [err39] : vErrors.push(err39), errors++;
      }
    }
    if (data.findings !== void 0) {
      let data20 = data.findings;
      if (Array.isArray(data20)) {
        let len2 = data20.length;
        for (let i2 = 0; i2 < len2; i2++)
          validate22(data20[i2], { instancePath: instancePath + "/findings/" + i2, parentData: data20, parentDataProperty: i2, rootData }) || (vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors), errors = vErrors.length);
      } else {
        let err40 = { instancePath: instancePath + "/findings", schemaPath: "#/properties/findings/type", keyword: "type", params: { type: "array" }, schema: schema11.properties.findings.type, parentSchema: schema11.properties.findings, data: data20 };
        vErrors === null ? vErrors = [err40] : vErrors.push(err40), errors++;
      }
    }
    if (data.summary !== void 0) {
      let data22 = data.summary;
      if (data22 && typeof data22 == "object" && !Array.isArray(data22)) {
        if (data22.steps === void 0) {
          let err41 = { instancePath: instancePath + "/summary", schemaPath: "#/definitions/Summary/required", keyword: "required", params: { missingProperty: "steps" }, schema: schema27.required, parentSchema: schema27, data: data22 };
          vErrors === null ? vErrors = [err41] : vErrors.push(err41), errors++;
        }
        if (data22.byKind === void 0) {
          let err42 = { instancePath: instancePath + "/summary", schemaPath: "#/definitions/Summary/required", keyword: "required", params: { missingProperty: "byKind" }, schema: schema27.required, parentSchema: schema27, data: data22 };
          vErrors === null ? vErrors = [err42] : vErrors.push(err42), errors++;
        }
        if (data22.syncs === void 0) {
          let err43 = { instancePath: instancePath + "/summary", schemaPath: "#/definitions/Summary/required", keyword: "required", params: { missingProperty: "syncs" }, schema: schema27.required, parentSchema: schema27, data: data22 };
          vErrors === null ? vErrors = [err43] : vErrors.push(err43), errors++;
        }
        if (data22.creates === void 0) {
          let err44 = { instancePath: instancePath + "/summary", schemaPath: "#/definitions/Summary/required", keyword: "required", params: { missingProperty: "creates" }, schema: schema27.required, parentSchema: schema27, data: data22 };
          vErrors === null ? vErrors = [err44] : vErrors.push(err44), errors++;
        }
        if (data22.updates === void 0) {
          let err45 = { instancePath: instancePath + "/summary", schemaPath: "#/definitions/Summary/required", keyword: "required", params: { missingProperty: "updates" }, schema: schema27.required, parentSchema: schema27, data: data22 };
          vErrors === null ? vErrors = [err45] : vErrors.push(err45), errors++;
        }
        if (data22.deletes === void 0) {
          let err46 = { instancePath: instancePath + "/summary", schemaPath: "#/definitions/Summary/required", keyword: "required", params: { missingProperty: "deletes" }, schema: schema27.required, parentSchema: schema27, data: data22 };
          vErrors === null ? vErrors = [err46] : vErrors.push(err46), errors++;
        }
        if (data22.steps !== void 0) {
          let data23 = data22.steps;
          if (!(typeof data23 == "number" && isFinite(data23))) {
            let err47 = { instancePath: instancePath + "/summary/steps", schemaPath: "#/definitions/Summary/properties/steps/type", keyword: "type", params: { type: "number" }, schema: schema27.properties.steps.type, parentSchema: schema27.properties.steps, data: data23 };
            vErrors === null ? vErrors = [err47] : vErrors.push(err47), errors++;
          }
        }
        if (data22.byKind !== void 0) {
          let data24 = data22.byKind;
          if (data24 && typeof data24 == "object" && !Array.isArray(data24))
            for (let key0 in data24) {
              let data25 = data24[key0];
              if (!(typeof data25 == "number" && isFinite(data25))) {
                let err48 = { instancePath: instancePath + "/summary/byKind/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/Summary/properties/byKind/additionalProperties/type", keyword: "type", params: { type: "number" }, schema: schema27.properties.byKind.additionalProperties.type, parentSchema: schema27.properties.byKind.additionalProperties, data: data25 };
                vErrors === null ? vErrors = [err48] : vErrors.push(err48), errors++;
              }
            }
          else {
            let err49 = { instancePath: instancePath + "/summary/byKind", schemaPath: "#/definitions/Summary/properties/byKind/type", keyword: "type", params: { type: "object" }, schema: schema27.properties.byKind.type, parentSchema: schema27.properties.byKind, data: data24 };
            vErrors === null ? vErrors = [err49] : vErrors.push(err49), errors++;
          }
        }
        if (data22.syncs !== void 0) {
          let data26 = data22.syncs;
          if (data26 && typeof data26 == "object" && !Array.isArray(data26)) {
            if (data26.planned === void 0) {
              let err50 = { instancePath: instancePath + "/summary/syncs", schemaPath: "#/definitions/Summary/properties/syncs/required", keyword: "required", params: { missingProperty: "planned" }, schema: schema27.properties.syncs.required, parentSchema: schema27.properties.syncs, data: data26 };
              vErrors === null ? vErrors = [err50] : vErrors.push(err50), errors++;
            }
            if (data26.skipped === void 0) {
              let err51 = { instancePath: instancePath + "/summary/syncs", schemaPath: "#/definitions/Summary/properties/syncs/required", keyword: "required", params: { missingProperty: "skipped" }, schema: schema27.properties.syncs.required, parentSchema: schema27.properties.syncs, data: data26 };
              vErrors === null ? vErrors = [err51] : vErrors.push(err51), errors++;
            }
            if (data26.disabled === void 0) {
              let err52 = { instancePath: instancePath + "/summary/syncs", schemaPath: "#/definitions/Summary/properties/syncs/required", keyword: "required", params: { missingProperty: "disabled" }, schema: schema27.properties.syncs.required, parentSchema: schema27.properties.syncs, data: data26 };
              vErrors === null ? vErrors = [err52] : vErrors.push(err52), errors++;
            }
            if (data26.blocked === void 0) {
              let err53 = { instancePath: instancePath + "/summary/syncs", schemaPath: "#/definitions/Summary/properties/syncs/required", keyword: "required", params: { missingProperty: "blocked" }, schema: schema27.properties.syncs.required, parentSchema: schema27.properties.syncs, data: data26 };
              vErrors === null ? vErrors = [err53] : vErrors.push(err53), errors++;
            }
            if (data26.planned !== void 0) {
              let data27 = data26.planned;
              if (!(typeof data27 == "number" && isFinite(data27))) {
                let err54 = { instancePath: instancePath + "/summary/syncs/planned", schemaPath: "#/definitions/Summary/properties/syncs/properties/planned/type", keyword: "type", params: { type: "number" }, schema: schema27.properties.syncs.properties.planned.type, parentSchema: schema27.properties.syncs.properties.planned, data: data27 };
                vErrors === null ? vErrors = [err54] : vErrors.push(err54), errors++;
              }
            }
            if (data26.skipped !== void 0) {
              let data28 = data26.skipped;
              if (!(typeof data28 == "number" && isFinite(data28))) {
                let err55 = { instancePath: instancePath + "/summary/syncs/skipped", schemaPath: "#/definitions/Summary/properties/syncs/properties/skipped/type", keyword: "type", params: { type: "number" }, schema: schema27.properties.syncs.properties.skipped.type, parentSchema: schema27.properties.syncs.properties.skipped, data: data28 };
                vErrors === null ? vErrors = [err55] : vErrors.push(err55), errors++;
              }
            }
            if (data26.disabled !== void 0) {
              let data29 = data26.disabled;
              if (!(typeof data29 == "number" && isFinite(data29))) {
                let err56 = { instancePath: instancePath + "/summary/syncs/disabled", schemaPath: "#/definitions/Summary/properties/syncs/properties/disabled/type", keyword: "type", params: { type: "number" }, schema: schema27.properties.syncs.properties.disabled.type, parentSchema: schema27.properties.syncs.properties.disabled, data: data29 };
                vErrors === null ? vErrors = [err56] : vErrors.push(err56), errors++;
              }
            }
            if (data26.blocked !== void 0) {
              let data30 = data26.blocked;
              if (!(typeof data30 == "number" && isFinite(data30))) {
                let err57 = { instancePath: instancePath + "/summary/syncs/blocked", schemaPath: "#/definitions/Summary/properties/syncs/properties/blocked/type", keyword: "type", params: { type: "number" }, schema: schema27.properties.syncs.properties.blocked.type, parentSchema: schema27.properties.syncs.properties.blocked, data: data30 };
                vErrors === null ? vErrors = [err57] : vErrors.push(err57), errors++;
              }
            }
          } else {
            let err58 = { instancePath: instancePath + "/summary/syncs", schemaPath: "#/definitions/Summary/properties/syncs/type", keyword: "type", params: { type: "object" }, schema: schema27.properties.syncs.type, parentSchema: schema27.properties.syncs, data: data26 };
            vErrors === null ? vErrors = [err58] : vErrors.push(err58), errors++;
          }
        }
        if (data22.creates !== void 0) {
          let data31 = data22.creates;
          if (!(typeof data31 == "number" && isFinite(data31))) {
            let err59 = { instancePath: instancePath + "/summary/creates", schemaPath: "#/definitions/Summary/properties/creates/type", keyword: "type", params: { type: "number" }, schema: schema27.properties.creates.type, parentSchema: schema27.properties.creates, data: data31 };
            vErrors === null ? vErrors = [err59] : vErrors.push(err59), errors++;
          }
        }
        if (data22.updates !== void 0) {
          let data32 = data22.updates;
          if (!(typeof data32 == "number" && isFinite(data32))) {
            let err60 = { instancePath: instancePath + "/summary/updates", schemaPath: "#/definitions/Summary/properties/updates/type", keyword: "type", params: { type: "number" }, schema: schema27.properties.updates.type, parentSchema: schema27.properties.updates, data: data32 };
            vErrors === null ? vErrors = [err60] : vErrors.push(err60), errors++;
          }
        }
        if (data22.deletes !== void 0) {
          let data33 = data22.deletes;
          if (!(typeof data33 == "number" && isFinite(data33))) {
            let err61 = { instancePath: instancePath + "/summary/deletes", schemaPath: "#/definitions/Summary/properties/deletes/type", keyword: "type", params: { type: "number" }, schema: schema27.properties.deletes.type, parentSchema: schema27.properties.deletes, data: data33 };
            vErrors === null ? vErrors = [err61] : vErrors.push(err61), errors++;
          }
        }
      } else {
        let err62 = { instancePath: instancePath + "/summary", schemaPath: "#/definitions/Summary/type", keyword: "type", params: { type: "object" }, schema: schema27.type, parentSchema: schema27, data: data22 };
        vErrors === null ? vErrors = [err62] : vErrors.push(err62), errors++;
      }
    }
    if (data.forecast !== void 0) {
      let data34 = data.forecast;
      if (Array.isArray(data34)) {
        let len3 = data34.length;
        for (let i3 = 0; i3 < len3; i3++)
          validate24(data34[i3], { instancePath: instancePath + "/forecast/" + i3, parentData: data34, parentDataProperty: i3, rootData }) || (vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors), errors = vErrors.length);
      } else {
        let err63 = { instancePath: instancePath + "/forecast", schemaPath: "#/properties/forecast/type", keyword: "type", params: { type: "array" }, schema: schema11.properties.forecast.type, parentSchema: schema11.properties.forecast, data: data34 };
        vErrors === null ? vErrors = [err63] : vErrors.push(err63), errors++;
      }
    }
    if (data.routes !== void 0) {
      let data36 = data.routes;
      if (Array.isArray(data36)) {
        let len4 = data36.length;
        for (let i4 = 0; i4 < len4; i4++) {
          let data37 = data36[i4];
          if (data37 && typeof data37 == "object" && !Array.isArray(data37)) {
            if (data37.volumes === void 0) {
              let err64 = { instancePath: instancePath + "/routes/" + i4, schemaPath: "#/definitions/PlannedRoute/required", keyword: "required", params: { missingProperty: "volumes" }, schema: schema34.required, parentSchema: schema34, data: data37 };
              vErrors === null ? vErrors = [err64] : vErrors.push(err64), errors++;
            }
            if (data37.endpoint === void 0) {
              let err65 = { instancePath: instancePath + "/routes/" + i4, schemaPath: "#/definitions/PlannedRoute/required", keyword: "required", params: { missingProperty: "endpoint" }, schema: schema34.required, parentSchema: schema34, data: data37 };
              vErrors === null ? vErrors = [err65] : vErrors.push(err65), errors++;
            }
            if (data37.passedOver === void 0) {
              let err66 = { instancePath: instancePath + "/routes/" + i4, schemaPath: "#/definitions/PlannedRoute/required", keyword: "required", params: { missingProperty: "passedOver" }, schema: schema34.required, parentSchema: schema34, data: data37 };
              vErrors === null ? vErrors = [err66] : vErrors.push(err66), errors++;
            }
            if (data37.volumes !== void 0) {
              let data38 = data37.volumes;
              if (Array.isArray(data38)) {
                let len5 = data38.length;
                for (let i5 = 0; i5 < len5; i5++) {
                  let data39 = data38[i5];
                  if (typeof data39 != "string") {
                    let err67 = { instancePath: instancePath + "/routes/" + i4 + "/volumes/" + i5, schemaPath: "#/definitions/PlannedRoute/properties/volumes/items/type", keyword: "type", params: { type: "string" }, schema: schema34.properties.volumes.items.type, parentSchema: schema34.properties.volumes.items, data: data39 };
                    vErrors === null ? vErrors = [err67] : vErrors.push(err67), errors++;
                  }
                }
              } else {
                let err68 = { instancePath: instancePath + "/routes/" + i4 + "/volumes", schemaPath: "#/definitions/PlannedRoute/properties/volumes/type", keyword: "type", params: { type: "array" }, schema: schema34.properties.volumes.type, parentSchema: schema34.properties.volumes, data: data38 };
                vErrors === null ? vErrors = [err68] : vErrors.push(err68), errors++;
              }
            }
            if (data37.endpoint !== void 0) {
              let data40 = data37.endpoint;
              if (typeof data40 != "string" && data40 !== null) {
                let err69 = { instancePath: instancePath + "/routes/" + i4 + "/endpoint", schemaPath: "#/definitions/PlannedRoute/properties/endpoint/type", keyword: "type", params: { type: schema34.properties.endpoint.type }, schema: schema34.properties.endpoint.type, parentSchema: schema34.properties.endpoint, data: data40 };
                vErrors === null ? vErrors = [err69] : vErrors.push(err69), errors++;
              }
            }
            if (data37.passedOver !== void 0) {
              let data41 = data37.passedOver;
              if (Array.isArray(data41)) {
                let len6 = data41.length;
                for (let i6 = 0; i6 < len6; i6++) {
                  let data42 = data41[i6];
                  if (data42 && typeof data42 == "object" && !Array.isArray(data42)) {
                    if (data42.endpoint === void 0) {
                      let err70 = { instancePath: instancePath + "/routes/" + i4 + "/passedOver/" + i6, schemaPath: "#/definitions/PlannedRoute/properties/passedOver/items/required", keyword: "required", params: { missingProperty: "endpoint" }, schema: schema34.properties.passedOver.items.required, parentSchema: schema34.properties.passedOver.items, data: data42 };
                      vErrors === null ? vErrors = [err70] : vErrors.push(err70), errors++;
                    }
                    if (data42.reason === void 0) {
                      let err71 = { instancePath: instancePath + "/routes/" + i4 + "/passedOver/" + i6, schemaPath: "#/definitions/PlannedRoute/properties/passedOver/items/required", keyword: "required", params: { missingProperty: "reason" }, schema: schema34.properties.passedOver.items.required, parentSchema: schema34.properties.passedOver.items, data: data42 };
                      vErrors === null ? vErrors = [err71] : vErrors.push(err71), errors++;
                    }
                    if (data42.endpoint !== void 0) {
                      let data43 = data42.endpoint;
                      if (typeof data43 != "string") {
                        let err72 = { instancePath: instancePath + "/routes/" + i4 + "/passedOver/" + i6 + "/endpoint", schemaPath: "#/definitions/PlannedRoute/properties/passedOver/items/properties/endpoint/type", keyword: "type", params: { type: "string" }, schema: schema34.properties.passedOver.items.properties.endpoint.type, parentSchema: schema34.properties.passedOver.items.properties.endpoint, data: data43 };
                        vErrors === null ? vErrors = [err72] : vErrors.push(err72), errors++;
                      }
                    }
                    if (data42.reason !== void 0) {
                      let data44 = data42.reason;
                      if (typeof data44 != "string") {
                        let err73 = { instancePath: instancePath + "/routes/" + i4 + "/passedOver/" + i6 + "/reason", schemaPath: "#/definitions/PlannedRoute/properties/passedOver/items/properties/reason/type", keyword: "type", params: { type: "string" }, schema: schema34.properties.passedOver.items.properties.reason.type, parentSchema: schema34.properties.passedOver.items.properties.reason, data: data44 };
                        vErrors === null ? vErrors = [err73] : vErrors.push(err73), errors++;
                      }
                    }
                  } else {
                    let err74 = { instancePath: instancePath + "/routes/" + i4 + "/passedOver/" + i6, schemaPath: "#/definitions/PlannedRoute/properties/passedOver/items/type", keyword: "type", params: { type: "object" }, schema: schema34.properties.passedOver.items.type, parentSchema: schema34.properties.passedOver.items, data: data42 };
                    vErrors === null ? vErrors = [err74] : vErrors.push(err74), errors++;
                  }
                }
              } else {
                let err75 = { instancePath: instancePath + "/routes/" + i4 + "/passedOver", schemaPath: "#/definitions/PlannedRoute/properties/passedOver/type", keyword: "type", params: { type: "array" }, schema: schema34.properties.passedOver.type, parentSchema: schema34.properties.passedOver, data: data41 };
                vErrors === null ? vErrors = [err75] : vErrors.push(err75), errors++;
              }
            }
          } else {
            let err76 = { instancePath: instancePath + "/routes/" + i4, schemaPath: "#/definitions/PlannedRoute/type", keyword: "type", params: { type: "object" }, schema: schema34.type, parentSchema: schema34, data: data37 };
            vErrors === null ? vErrors = [err76] : vErrors.push(err76), errors++;
          }
        }
      } else {
        let err77 = { instancePath: instancePath + "/routes", schemaPath: "#/properties/routes/type", keyword: "type", params: { type: "array" }, schema: schema11.properties.routes.type, parentSchema: schema11.properties.routes, data: data36 };
        vErrors === null ? vErrors = [err77] : vErrors.push(err77), errors++;
      }
    }
  } else {
    let err78 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema11.type, parentSchema: schema11, data };
    vErrors === null ? vErrors = [err78] : vErrors.push(err78), errors++;
  }
  return validate10.errors = vErrors, errors === 0;
}
export {
  stdin_default as default,
  validate
};

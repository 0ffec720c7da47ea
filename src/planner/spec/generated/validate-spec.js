// Made from schemas/spec.schema.json by `npm run generate`. Do not edit.
var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => function() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};

// node_modules/ajv/dist/runtime/ucs2length.js
var require_ucs2length = __commonJS({
  "node_modules/ajv/dist/runtime/ucs2length.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: !0 });
    function ucs2length(str) {
      let len = str.length, length = 0, pos = 0, value;
      for (; pos < len; )
        length++, value = str.charCodeAt(pos++), value >= 55296 && value <= 56319 && pos < len && (value = str.charCodeAt(pos), (value & 64512) === 56320 && pos++);
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  }
});

// <stdin>
var validate = validate10, stdin_default = validate10, schema11 = { $schema: "http://json-schema.org/draft-07/schema#", title: "SpecFile", description: "The spec of nbkp: what is backed up from where to where. Written in TOML.", type: "object", additionalProperties: !1, required: ["version"], properties: { version: { const: 1, description: "Version of the format of this file. Always 1." }, ssh: { type: "object", description: "SSH endpoints by name. What an endpoint leaves out comes from your own OpenSSH configuration.", propertyNames: { $ref: "#/definitions/name" }, additionalProperties: { $ref: "#/definitions/ssh-endpoint" } }, volumes: { type: "object", description: "Places where data lives, by name.", propertyNames: { $ref: "#/definitions/name" }, additionalProperties: { $ref: "#/definitions/volume" } }, syncs: { type: "object", description: "One-way copies by name.", propertyNames: { $ref: "#/definitions/name" }, additionalProperties: { $ref: "#/definitions/sync" } }, credentials: { $ref: "#/definitions/credentials" }, policy: { $ref: "#/definitions/policy" } }, definitions: { name: { description: "Lower-case letters and digits, with single hyphens between them; at most 50 characters.", "x-expected": "a name of lower-case letters and digits with single hyphens between them, at most 50 characters", type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 50 }, duration: { description: "A whole number and a unit: s, m, h, d or w.", "x-expected": 'a duration such as "7d" or "12h" (units: s, m, h, d, w)', type: "string", pattern: "^[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw])$" }, "max-age": { description: 'A duration, or "never".', "x-expected": 'a duration such as "7d" or "12h" (units: s, m, h, d, w), or "never"', type: "string", pattern: "^(never|[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw]))$" }, size: { description: "A number and a unit: B, kB, MB, GB, TB (powers of 1000), KiB, MiB, GiB or TiB (powers of 1024).", "x-expected": 'a size such as "5GiB" or "200MB" (units: B, kB, MB, GB, TB, KiB, MiB, GiB, TiB)', type: "string", pattern: "^[0-9]{1,9}(\\.[0-9]{1,3})?(B|[kKMGT]B|[KMGT]iB)$" }, text: { description: "Text that is not empty.", "x-expected": "text in quotes, not empty", type: "string", minLength: 1 }, path: { description: "An absolute path, or one that begins with ~/ for the home directory.", "x-expected": 'a path in quotes, such as "/mnt/backup" or "~/Documents"', type: "string", minLength: 1 }, endpoint: { description: "VOLUME for the whole of a volume, or VOLUME:SUBDIR for a directory in it.", "x-expected": '"VOLUME" or "VOLUME:SUBDIR", such as "usb:backups/photos"', type: "string", minLength: 1 }, "executor-name": { description: "Name of an executor.", "x-expected": 'the name of an executor, such as "rsync" or "hard-link"', type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 50 }, "device-uuid": { description: "The UUID of the file system (or of the encrypted partition), as `lsblk -o NAME,UUID` prints it.", "x-expected": 'a UUID as `lsblk -o NAME,UUID` prints it, such as "8a3b2c1d-1111-2222-3333-444455556666" or "1A2B-3C4D"', "x-help": "Look it up with lsblk -o NAME,FSTYPE,LABEL,UUID: neither PARTUUID nor the UUID of an LVM2_member is one of a file system.", type: "string", pattern: "^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}|[0-9A-Fa-f]{16}|[0-9]{4}(-[0-9]{2}){6})$", maxLength: 36 }, "passphrase-id": { description: "The name under which the credentials provider knows the passphrase.", "x-expected": "letters, digits, dots, hyphens and underscores, at most 100", type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$", maxLength: 100 }, bandwidth: { description: `As rsync's --bwlimit takes it: a rate per second such as "1.5m" or "500k"; a plain number counts KiB.`, "x-expected": 'a rate per second such as "1.5m", "500k" or 500 (KiB)', type: ["string", "integer"], pattern: "^([0-9]+(\\.[0-9]+)?|\\.[0-9]+)([kKmMgGtT]([iI]?[bB])?)?$", minimum: 0 }, count: { description: "A whole number, 0 or more.", "x-expected": "a whole number from 0 to 1000000", type: "integer", minimum: 0, maximum: 1e6 }, argv: { description: "A program and its arguments, one word each. No shell reads it.", "x-expected": 'a program and its arguments as a list, such as ["systemctl", "stop", "app"]', type: "array", minItems: 1, items: { type: "string", "x-expected": "text in quotes" } }, names: { description: "One name, or a list of names.", "x-expected": "a name, or a list of names", type: ["string", "array"], minLength: 1, minItems: 1, items: { $ref: "#/definitions/text" } }, options: { description: 'Options of rsync, one word each: write a value in the same word, as in "--bwlimit=500".', "x-expected": 'a list of options, such as ["--archive", "--hard-links"]', type: "array", items: { $ref: "#/definitions/text" } }, "ssh-endpoint": { description: "One way to reach a server.", "x-expected": "a table", type: "object", additionalProperties: !1, not: { required: ["location", "locations"] }, "x-rule": "`location` and `locations` exclude each other. Write all of them into `locations`.", properties: { host: { $ref: "#/definitions/text", description: "Host name or address. Default: the endpoint's name, which your OpenSSH configuration may explain." }, port: { type: "integer", minimum: 1, maximum: 65535, "x-expected": "a port from 1 to 65535", description: "Port of the SSH server." }, user: { $ref: "#/definitions/text", description: "User to log in as." }, key: { $ref: "#/definitions/path", description: "Private key file." }, location: { $ref: "#/definitions/text", description: 'Where this endpoint can be used, a word of your choice such as "home".' }, locations: { type: "array", minItems: 1, items: { $ref: "#/definitions/text" }, "x-expected": "a list of words", description: "Several locations." }, extends: { $ref: "#/definitions/text", description: "Name of an endpoint whose settings this one takes over; its own win." }, "proxy-jump": { $ref: "#/definitions/names", description: "Name of the endpoint to go through, or a list of them in order." }, "connect-timeout": { type: "integer", minimum: 1, maximum: 86400, "x-expected": "seconds, from 1 to 86400", description: "Seconds to wait for a connection." }, "server-alive-interval": { type: "integer", minimum: 0, maximum: 86400, "x-expected": "seconds, from 0 to 86400", description: "Seconds of silence after which the server is asked for a sign of life; 0 never asks." }, compress: { type: "boolean", description: "Compress the connection." }, "forward-agent": { type: "boolean", description: "Let the server use your SSH agent." }, "known-hosts-file": { $ref: "#/definitions/path", description: "File with the servers' keys." }, "strict-host-key-checking": { type: "boolean", description: "Refuse a server whose key is not known. Default true; turning it off is warned about." }, options: { type: "object", "x-expected": 'a table of OpenSSH options, such as { Ciphers = "aes128-ctr" }', description: "Other OpenSSH options by their name in ssh_config(5).", additionalProperties: { type: ["string", "integer", "boolean"], "x-expected": "text, a whole number, true or false" } } } }, volume: { description: "A place where data lives: a path on this machine or on a server, perhaps on a drive that has to be mounted.", "x-expected": "a table", type: "object", additionalProperties: !1, anyOf: [{ required: ["path"] }, { required: ["mount"] }], "x-rule": 'A volume needs a `path`, unless it has a `mount`. Add path = "/where/it/is".', properties: { path: { $ref: "#/definitions/path", description: "Absolute, or ~ for the home directory (the remote user's on a server). May be left out only with `mount`: then it is found when the drive is mounted." }, ssh: { $ref: "#/definitions/names", description: "SSH endpoints that lead to it, the best reachable one wins. Present means that the volume is on a server." }, mount: { $ref: "#/definitions/mount" }, snapshots: { $ref: "#/definitions/snapshots", description: "Snapshots of the syncs whose destination is here, unless they have their own." }, description: { type: "string", description: "For people." } } }, mount: { description: "The drive that has to be mounted for the volume to be there.", "x-expected": 'a table such as { device-uuid = "1A2B-3C4D" }', type: "object", additionalProperties: !1, required: ["device-uuid"], properties: { "device-uuid": { $ref: "#/definitions/device-uuid" }, encryption: { $ref: "#/definitions/encryption" } } }, encryption: { description: "How the drive is encrypted.", "x-expected": 'a table such as { type = "luks" }', type: "object", additionalProperties: !1, required: ["type"], properties: { type: { type: "string", enum: ["luks"], description: "Kind of encryption." }, "passphrase-id": { $ref: "#/definitions/passphrase-id", description: "What the credentials provider calls the passphrase. Default: the volume's name." } } }, snapshots: { description: "How the destination keeps its history.", "x-expected": 'a table such as { mode = "hard-link" }', type: "object", additionalProperties: !1, properties: { mode: { $ref: "#/definitions/executor-name", description: '"none" (the default), "hard-link", "btrfs", or the name of an executor.' }, keep: { $ref: "#/definitions/keep" }, when: { type: "string", enum: ["always", "changed"], description: '"always" (the default) makes a snapshot in each run, "changed" only if something was transferred or deleted.' } } }, keep: { description: "Which snapshots stay: the union of the rules, each with the newest of its period. Without this table all stay.", "x-expected": "a table such as { last = 3, daily = 7 }", type: "object", additionalProperties: !1, properties: { last: { $ref: "#/definitions/count", description: "The newest so many." }, hourly: { $ref: "#/definitions/count", description: "The newest of each of so many hours." }, daily: { $ref: "#/definitions/count", description: "The newest of each of so many days." }, weekly: { $ref: "#/definitions/count", description: "The newest of each of so many weeks (from Monday)." }, monthly: { $ref: "#/definitions/count", description: "The newest of each of so many months." }, yearly: { $ref: "#/definitions/count", description: "The newest of each of so many years." }, within: { $ref: "#/definitions/duration", description: "All that are not older than this." }, timezone: { $ref: "#/definitions/text", description: 'IANA name of the zone in which days begin, such as "Europe/Paris". Default "UTC".' } } }, sync: { description: "A one-way copy. A table that bears the name of the sync's executor holds that executor's own settings.", "x-expected": "a table", type: "object", required: ["source", "destination"], additionalProperties: { type: "object" }, properties: { source: { $ref: "#/definitions/endpoint", description: "Where to copy from: VOLUME or VOLUME:SUBDIR." }, destination: { $ref: "#/definitions/endpoint", description: "Where to copy to: VOLUME or VOLUME:SUBDIR." }, enabled: { type: "boolean", description: "Default true. A disabled sync is shown and never planned." }, snapshots: { $ref: "#/definitions/snapshots", description: "Snapshots of the destination. Replaces the destination volume's table as a whole." }, filters: { type: "array", items: { $ref: "#/definitions/filter" }, "x-expected": 'a list of filters, such as [{ exclude = "*.tmp" }]', description: "What is copied and what is not; the first rule that matches decides." }, "filter-file": { $ref: "#/definitions/path", description: "File with further filter rules, on the machine where the spec is." }, rsync: { $ref: "#/definitions/rsync" }, transfer: { $ref: "#/definitions/executor-name", description: 'Executor that moves the data. Default "rsync".' }, priority: { type: "string", enum: ["normal", "high"], description: '"high" also runs where [policy] says high-priority. Default "normal".' }, "max-age": { $ref: "#/definitions/max-age", description: 'The sync is overdue when its last success is older; "never" asks for nothing. Without it `nbkp status` alone takes 30d.' }, tolerate: { type: "array", items: { type: "integer", minimum: 1, maximum: 255, "x-expected": "an exit code from 1 to 255" }, "x-expected": "a list of exit codes, such as [24]", description: "Exit codes of rsync that still count as success, with a warning. Default [24]: files vanished." }, timeout: { $ref: "#/definitions/duration", description: "The transfer is ended after this time." }, before: { $ref: "#/definitions/hooks", description: "Commands to run first. The sync fails when one of them fails." }, after: { $ref: "#/definitions/hooks", description: "Commands to run after success." }, "on-failure": { $ref: "#/definitions/hooks", description: "Commands to run after a failure." }, "source-snapshot": { type: "string", enum: ["btrfs"], description: "Copy from a temporary read-only snapshot of the source." }, policy: { $ref: "#/definitions/sync-policy" } } }, filter: { description: 'A rule as rsync writes it, such as "- /cache/", or a table with one of include, exclude, merge and dir-merge.', "x-expected": 'a rule such as "- *.tmp", or a table such as { exclude = "*.tmp" }', type: ["string", "object"], minLength: 1, additionalProperties: !1, oneOf: [{ type: "string" }, { type: "object", required: ["include"] }, { type: "object", required: ["exclude"] }, { type: "object", required: ["merge"] }, { type: "object", required: ["dir-merge"] }], dependencies: { "exclude-self": ["dir-merge"] }, "x-rule": "A filter has exactly one of `include`, `exclude`, `merge` and `dir-merge`; `exclude-self` goes with `dir-merge` only. Write one table per rule.", properties: { include: { $ref: "#/definitions/text", description: "Pattern of what is copied although a later rule excludes it." }, exclude: { $ref: "#/definitions/text", description: "Pattern of what is not copied." }, merge: { $ref: "#/definitions/path", description: "File with rules, on the machine where the spec is." }, "dir-merge": { $ref: "#/definitions/text", description: "Name of a file with rules that is looked for in each directory of the source." }, "exclude-self": { type: "boolean", description: "With dir-merge: do not copy the files with rules themselves. Default false." } } }, rsync: { description: "Settings of rsync.", "x-expected": "a table such as { compress = true }", type: "object", additionalProperties: !1, properties: { compress: { type: "boolean", description: "Compress what goes over the network. Default false." }, checksum: { type: "boolean", description: "Compare contents instead of size and time. Slow. Default false." }, bandwidth: { $ref: "#/definitions/bandwidth" }, delete: { type: "boolean", description: "Delete from the destination what the source no longer has. Default true." }, options: { $ref: "#/definitions/options", description: "Options instead of the default ones (-a --delete --delete-excluded --partial-dir=.rsync-partial)." }, "extra-options": { $ref: "#/definitions/options", description: "Options in addition to the others." } } }, hooks: { description: "Commands, in order.", "x-expected": 'a list of commands, each a list of words, such as [["systemctl", "stop", "app"]]', type: "array", items: { $ref: "#/definitions/hook" } }, hook: { description: "A command as a list of words, or a table that also says where it runs.", "x-expected": 'a command as a list of words, such as ["systemctl", "stop", "app"], or a table such as { run = ["sync"], on = "usb" }', type: ["array", "object"], minItems: 1, items: { type: "string", "x-expected": "text in quotes" }, additionalProperties: !1, required: ["run"], properties: { run: { $ref: "#/definitions/argv" }, on: { $ref: "#/definitions/text", description: "Volume on whose machine it runs. Default: this machine." } } }, "max-delete": { description: "The guard: a sync that would delete more is refused, unless --allow-destructive is given. Fewer than 20 deletions never count.", "x-expected": "a table such as { percent = 25 }", type: "object", additionalProperties: !1, properties: { percent: { type: "number", minimum: 0, maximum: 100, "x-expected": "a number from 0 to 100", description: "Of the destination's entries. Default 25." }, files: { $ref: "#/definitions/count", description: "Entries. Default: no limit." } } }, "sync-policy": { description: "The sync's own limits on top of [policy].", "x-expected": "a table", type: "object", additionalProperties: !1, properties: { "max-delete": { $ref: "#/definitions/max-delete" }, "max-prune": { $ref: "#/definitions/count", description: "Snapshots that one run may prune. Default: no limit." }, "min-free": { $ref: "#/definitions/size", description: "Space that has to be free at the destination. Default: no limit." }, "max-age": { $ref: "#/definitions/max-age", description: 'The sync is overdue when its last success is older; "never" asks for nothing. Without it `nbkp status` alone takes 30d.' } } }, policy: { description: "Limits of all syncs.", "x-expected": "a table", type: "object", additionalProperties: !1, properties: { "max-delete": { $ref: "#/definitions/max-delete" }, "max-prune": { $ref: "#/definitions/count", description: "Snapshots that one run may prune per sync. Default: no limit." }, "min-free": { $ref: "#/definitions/size", description: "Space that has to be free at a destination. Default: no limit." }, "max-age": { $ref: "#/definitions/max-age", description: 'A sync is overdue when its last success is older; "never" asks for nothing. Without it `nbkp status` alone takes 30d.' }, parallel: { type: "integer", minimum: 1, maximum: 64, "x-expected": "a whole number from 1 to 64", description: "Syncs that may run at once." }, "on-battery": { $ref: "#/definitions/condition", description: "What runs while this machine is on battery." }, metered: { $ref: "#/definitions/condition", description: "What of the syncs with servers runs while the network is metered, as NetworkManager says." } } }, condition: { type: "string", enum: ["run", "high-priority", "skip"], description: '"run": everything (the default); "high-priority": syncs with priority = "high"; "skip": nothing.' }, credentials: { description: "Where passphrases come from.", "x-expected": 'a table such as { provider = "keyring" }', type: "object", additionalProperties: !1, if: { properties: { provider: { const: "command" } }, required: ["provider"] }, then: { required: ["command"] }, properties: { provider: { type: "string", enum: ["keyring", "prompt", "env", "command", "file"], description: 'Default "keyring".' }, command: { $ref: "#/definitions/argv", description: 'With provider "command": a program that prints the passphrase; {id} stands for its id.' }, directory: { $ref: "#/definitions/path", description: 'With provider "file": a directory with one file per id. Default: $CREDENTIALS_DIRECTORY.' } } } } }, schema12 = { description: "Lower-case letters and digits, with single hyphens between them; at most 50 characters.", "x-expected": "a name of lower-case letters and digits with single hyphens between them, at most 50 characters", type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 50 }, func2 = require_ucs2length().default, pattern0 = new RegExp("^[a-z0-9]+(-[a-z0-9]+)*$", "u"), schema13 = { description: "One way to reach a server.", "x-expected": "a table", type: "object", additionalProperties: !1, not: { required: ["location", "locations"] }, "x-rule": "`location` and `locations` exclude each other. Write all of them into `locations`.", properties: { host: { $ref: "#/definitions/text", description: "Host name or address. Default: the endpoint's name, which your OpenSSH configuration may explain." }, port: { type: "integer", minimum: 1, maximum: 65535, "x-expected": "a port from 1 to 65535", description: "Port of the SSH server." }, user: { $ref: "#/definitions/text", description: "User to log in as." }, key: { $ref: "#/definitions/path", description: "Private key file." }, location: { $ref: "#/definitions/text", description: 'Where this endpoint can be used, a word of your choice such as "home".' }, locations: { type: "array", minItems: 1, items: { $ref: "#/definitions/text" }, "x-expected": "a list of words", description: "Several locations." }, extends: { $ref: "#/definitions/text", description: "Name of an endpoint whose settings this one takes over; its own win." }, "proxy-jump": { $ref: "#/definitions/names", description: "Name of the endpoint to go through, or a list of them in order." }, "connect-timeout": { type: "integer", minimum: 1, maximum: 86400, "x-expected": "seconds, from 1 to 86400", description: "Seconds to wait for a connection." }, "server-alive-interval": { type: "integer", minimum: 0, maximum: 86400, "x-expected": "seconds, from 0 to 86400", description: "Seconds of silence after which the server is asked for a sign of life; 0 never asks." }, compress: { type: "boolean", description: "Compress the connection." }, "forward-agent": { type: "boolean", description: "Let the server use your SSH agent." }, "known-hosts-file": { $ref: "#/definitions/path", description: "File with the servers' keys." }, "strict-host-key-checking": { type: "boolean", description: "Refuse a server whose key is not known. Default true; turning it off is warned about." }, options: { type: "object", "x-expected": 'a table of OpenSSH options, such as { Ciphers = "aes128-ctr" }', description: "Other OpenSSH options by their name in ssh_config(5).", additionalProperties: { type: ["string", "integer", "boolean"], "x-expected": "text, a whole number, true or false" } } } }, schema14 = { description: "Text that is not empty.", "x-expected": "text in quotes, not empty", type: "string", minLength: 1 }, schema16 = { description: "An absolute path, or one that begins with ~/ for the home directory.", "x-expected": 'a path in quotes, such as "/mnt/backup" or "~/Documents"', type: "string", minLength: 1 }, func3 = Object.prototype.hasOwnProperty, schema20 = { description: "One name, or a list of names.", "x-expected": "a name, or a list of names", type: ["string", "array"], minLength: 1, minItems: 1, items: { $ref: "#/definitions/text" } };
function validate12(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (typeof data != "string" && !Array.isArray(data)) {
    let err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: schema20.type }, schema: schema20.type, parentSchema: schema20, data };
    vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
  }
  if (typeof data == "string" && func2(data) < 1) {
    let err1 = { instancePath, schemaPath: "#/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema20, data };
    vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
  }
  if (Array.isArray(data)) {
    if (data.length < 1) {
      let err2 = { instancePath, schemaPath: "#/minItems", keyword: "minItems", params: { limit: 1 }, schema: 1, parentSchema: schema20, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    let len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      let data0 = data[i0];
      if (typeof data0 == "string") {
        if (func2(data0) < 1) {
          let err3 = { instancePath: instancePath + "/" + i0, schemaPath: "#/definitions/text/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema14, data: data0 };
          vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
        }
      } else {
        let err4 = { instancePath: instancePath + "/" + i0, schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, schema: schema14.type, parentSchema: schema14, data: data0 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
  }
  return validate12.errors = vErrors, errors === 0;
}
function validate11(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0, _errs1 = errors, _errs2 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    let missing0;
    if (data.location === void 0 && (missing0 = "location") || data.locations === void 0 && (missing0 = "locations")) {
      let err0 = {};
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
  }
  var valid0 = _errs2 === errors;
  if (valid0) {
    let err1 = { instancePath, schemaPath: "#/not", keyword: "not", params: {}, schema: schema13.not, parentSchema: schema13, data };
    vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
  } else
    errors = _errs1, vErrors !== null && (_errs1 ? vErrors.length = _errs1 : vErrors = null);
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (let key0 in data)
      if (!func3.call(schema13.properties, key0)) {
        let err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema13, data };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
    if (data.host !== void 0) {
      let data0 = data.host;
      if (typeof data0 == "string") {
        if (func2(data0) < 1) {
          let err3 = { instancePath: instancePath + "/host", schemaPath: "#/definitions/text/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema14, data: data0 };
          vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
        }
      } else {
        let err4 = { instancePath: instancePath + "/host", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, schema: schema14.type, parentSchema: schema14, data: data0 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
    if (data.port !== void 0) {
      let data1 = data.port;
      if (!(typeof data1 == "number" && !(data1 % 1) && !isNaN(data1) && isFinite(data1))) {
        let err5 = { instancePath: instancePath + "/port", schemaPath: "#/properties/port/type", keyword: "type", params: { type: "integer" }, schema: schema13.properties.port.type, parentSchema: schema13.properties.port, data: data1 };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 > 65535 || isNaN(data1)) {
          let err6 = { instancePath: instancePath + "/port", schemaPath: "#/properties/port/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, schema: 65535, parentSchema: schema13.properties.port, data: data1 };
          vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
        }
        if (data1 < 1 || isNaN(data1)) {
          let err7 = { instancePath: instancePath + "/port", schemaPath: "#/properties/port/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema13.properties.port, data: data1 };
          vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
        }
      }
    }
    if (data.user !== void 0) {
      let data2 = data.user;
      if (typeof data2 == "string") {
        if (func2(data2) < 1) {
          let err8 = { instancePath: instancePath + "/user", schemaPath: "#/definitions/text/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema14, data: data2 };
          vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
        }
      } else {
        let err9 = { instancePath: instancePath + "/user", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, schema: schema14.type, parentSchema: schema14, data: data2 };
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
    }
    if (data.key !== void 0) {
      let data3 = data.key;
      if (typeof data3 == "string") {
        if (func2(data3) < 1) {
          let err10 = { instancePath: instancePath + "/key", schemaPath: "#/definitions/path/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema16, data: data3 };
          vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
        }
      } else {
        let err11 = { instancePath: instancePath + "/key", schemaPath: "#/definitions/path/type", keyword: "type", params: { type: "string" }, schema: schema16.type, parentSchema: schema16, data: data3 };
        vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
      }
    }
    if (data.location !== void 0) {
      let data4 = data.location;
      if (typeof data4 == "string") {
        if (func2(data4) < 1) {
          let err12 = { instancePath: instancePath + "/location", schemaPath: "#/definitions/text/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema14, data: data4 };
          vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
        }
      } else {
        let err13 = { instancePath: instancePath + "/location", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, schema: schema14.type, parentSchema: schema14, data: data4 };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
    }
    if (data.locations !== void 0) {
      let data5 = data.locations;
      if (Array.isArray(data5)) {
        if (data5.length < 1) {
          let err14 = { instancePath: instancePath + "/locations", schemaPath: "#/properties/locations/minItems", keyword: "minItems", params: { limit: 1 }, schema: 1, parentSchema: schema13.properties.locations, data: data5 };
          vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
        }
        let len0 = data5.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data6 = data5[i0];
          if (typeof data6 == "string") {
            if (func2(data6) < 1) {
              let err15 = { instancePath: instancePath + "/locations/" + i0, schemaPath: "#/definitions/text/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema14, data: data6 };
              vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
            }
          } else {
            let err16 = { instancePath: instancePath + "/locations/" + i0, schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, schema: schema14.type, parentSchema: schema14, data: data6 };
            vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
          }
        }
      } else {
        let err17 = { instancePath: instancePath + "/locations", schemaPath: "#/properties/locations/type", keyword: "type", params: { type: "array" }, schema: schema13.properties.locations.type, parentSchema: schema13.properties.locations, data: data5 };
        vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
      }
    }
    if (data.extends !== void 0) {
      let data7 = data.extends;
      if (typeof data7 == "string") {
        if (func2(data7) < 1) {
          let err18 = { instancePath: instancePath + "/extends", schemaPath: "#/definitions/text/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema14, data: data7 };
          vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
        }
      } else {
        let err19 = { instancePath: instancePath + "/extends", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, schema: schema14.type, parentSchema: schema14, data: data7 };
        vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
      }
    }
    if (data["proxy-jump"] !== void 0 && (validate12(data["proxy-jump"], { instancePath: instancePath + "/proxy-jump", parentData: data, parentDataProperty: "proxy-jump", rootData }) || (vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors), errors = vErrors.length)), data["connect-timeout"] !== void 0) {
      let data9 = data["connect-timeout"];
      if (!(typeof data9 == "number" && !(data9 % 1) && !isNaN(data9) && isFinite(data9))) {
        let err20 = { instancePath: instancePath + "/connect-timeout", schemaPath: "#/properties/connect-timeout/type", keyword: "type", params: { type: "integer" }, schema: schema13.properties["connect-timeout"].type, parentSchema: schema13.properties["connect-timeout"], data: data9 };
        vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
      }
      if (typeof data9 == "number" && isFinite(data9)) {
        if (data9 > 86400 || isNaN(data9)) {
          let err21 = { instancePath: instancePath + "/connect-timeout", schemaPath: "#/properties/connect-timeout/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, schema: 86400, parentSchema: schema13.properties["connect-timeout"], data: data9 };
          vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
        }
        if (data9 < 1 || isNaN(data9)) {
          let err22 = { instancePath: instancePath + "/connect-timeout", schemaPath: "#/properties/connect-timeout/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema13.properties["connect-timeout"], data: data9 };
          vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
        }
      }
    }
    if (data["server-alive-interval"] !== void 0) {
      let data10 = data["server-alive-interval"];
      if (!(typeof data10 == "number" && !(data10 % 1) && !isNaN(data10) && isFinite(data10))) {
        let err23 = { instancePath: instancePath + "/server-alive-interval", schemaPath: "#/properties/server-alive-interval/type", keyword: "type", params: { type: "integer" }, schema: schema13.properties["server-alive-interval"].type, parentSchema: schema13.properties["server-alive-interval"], data: data10 };
        vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
      }
      if (typeof data10 == "number" && isFinite(data10)) {
        if (data10 > 86400 || isNaN(data10)) {
          let err24 = { instancePath: instancePath + "/server-alive-interval", schemaPath: "#/properties/server-alive-interval/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, schema: 86400, parentSchema: schema13.properties["server-alive-interval"], data: data10 };
          vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
        }
        if (data10 < 0 || isNaN(data10)) {
          let err25 = { instancePath: instancePath + "/server-alive-interval", schemaPath: "#/properties/server-alive-interval/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema13.properties["server-alive-interval"], data: data10 };
          vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
        }
      }
    }
    if (data.compress !== void 0) {
      let data11 = data.compress;
      if (typeof data11 != "boolean") {
        let err26 = { instancePath: instancePath + "/compress", schemaPath: "#/properties/compress/type", keyword: "type", params: { type: "boolean" }, schema: schema13.properties.compress.type, parentSchema: schema13.properties.compress, data: data11 };
        vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
      }
    }
    if (data["forward-agent"] !== void 0) {
      let data12 = data["forward-agent"];
      if (typeof data12 != "boolean") {
        let err27 = { instancePath: instancePath + "/forward-agent", schemaPath: "#/properties/forward-agent/type", keyword: "type", params: { type: "boolean" }, schema: schema13.properties["forward-agent"].type, parentSchema: schema13.properties["forward-agent"], data: data12 };
        vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
      }
    }
    if (data["known-hosts-file"] !== void 0) {
      let data13 = data["known-hosts-file"];
      if (typeof data13 == "string") {
        if (func2(data13) < 1) {
          let err28 = { instancePath: instancePath + "/known-hosts-file", schemaPath: "#/definitions/path/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema16, data: data13 };
          vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
        }
      } else {
        let err29 = { instancePath: instancePath + "/known-hosts-file", schemaPath: "#/definitions/path/type", keyword: "type", params: { type: "string" }, schema: schema16.type, parentSchema: schema16, data: data13 };
        vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
      }
    }
    if (data["strict-host-key-checking"] !== void 0) {
      let data14 = data["strict-host-key-checking"];
      if (typeof data14 != "boolean") {
        let err30 = { instancePath: instancePath + "/strict-host-key-checking", schemaPath: "#/properties/strict-host-key-checking/type", keyword: "type", params: { type: "boolean" }, schema: schema13.properties["strict-host-key-checking"].type, parentSchema: schema13.properties["strict-host-key-checking"], data: data14 };
        vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
      }
    }
    if (data.options !== void 0) {
      let data15 = data.options;
      if (data15 && typeof data15 == "object" && !Array.isArray(data15))
        for (let key1 in data15) {
          let data16 = data15[key1];
          if (typeof data16 != "string" && !(typeof data16 == "number" && !(data16 % 1) && !isNaN(data16) && isFinite(data16)) && typeof data16 != "boolean") {
            let err31 = { instancePath: instancePath + "/options/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/options/additionalProperties/type", keyword: "type", params: { type: schema13.properties.options.additionalProperties.type }, schema: schema13.properties.options.additionalProperties.type, parentSchema: schema13.properties.options.additionalProperties, data: data16 };
            vErrors === null ? vErrors = [err31] : vErrors.push(err31), errors++;
          }
        }
      else {
        let err32 = { instancePath: instancePath + "/options", schemaPath: "#/properties/options/type", keyword: "type", params: { type: "object" }, schema: schema13.properties.options.type, parentSchema: schema13.properties.options, data: data15 };
        vErrors === null ? vErrors = [err32] : vErrors.push(err32), errors++;
      }
    }
  } else {
    let err33 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema13.type, parentSchema: schema13, data };
    vErrors === null ? vErrors = [err33] : vErrors.push(err33), errors++;
  }
  return validate11.errors = vErrors, errors === 0;
}
var schema24 = { description: "A place where data lives: a path on this machine or on a server, perhaps on a drive that has to be mounted.", "x-expected": "a table", type: "object", additionalProperties: !1, anyOf: [{ required: ["path"] }, { required: ["mount"] }], "x-rule": 'A volume needs a `path`, unless it has a `mount`. Add path = "/where/it/is".', properties: { path: { $ref: "#/definitions/path", description: "Absolute, or ~ for the home directory (the remote user's on a server). May be left out only with `mount`: then it is found when the drive is mounted." }, ssh: { $ref: "#/definitions/names", description: "SSH endpoints that lead to it, the best reachable one wins. Present means that the volume is on a server." }, mount: { $ref: "#/definitions/mount" }, snapshots: { $ref: "#/definitions/snapshots", description: "Snapshots of the syncs whose destination is here, unless they have their own." }, description: { type: "string", description: "For people." } } }, schema26 = { description: "The drive that has to be mounted for the volume to be there.", "x-expected": 'a table such as { device-uuid = "1A2B-3C4D" }', type: "object", additionalProperties: !1, required: ["device-uuid"], properties: { "device-uuid": { $ref: "#/definitions/device-uuid" }, encryption: { $ref: "#/definitions/encryption" } } }, schema27 = { description: "The UUID of the file system (or of the encrypted partition), as `lsblk -o NAME,UUID` prints it.", "x-expected": 'a UUID as `lsblk -o NAME,UUID` prints it, such as "8a3b2c1d-1111-2222-3333-444455556666" or "1A2B-3C4D"', "x-help": "Look it up with lsblk -o NAME,FSTYPE,LABEL,UUID: neither PARTUUID nor the UUID of an LVM2_member is one of a file system.", type: "string", pattern: "^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}|[0-9A-Fa-f]{16}|[0-9]{4}(-[0-9]{2}){6})$", maxLength: 36 }, pattern2 = new RegExp("^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}|[0-9A-Fa-f]{16}|[0-9]{4}(-[0-9]{2}){6})$", "u"), schema28 = { description: "How the drive is encrypted.", "x-expected": 'a table such as { type = "luks" }', type: "object", additionalProperties: !1, required: ["type"], properties: { type: { type: "string", enum: ["luks"], description: "Kind of encryption." }, "passphrase-id": { $ref: "#/definitions/passphrase-id", description: "What the credentials provider calls the passphrase. Default: the volume's name." } } }, schema29 = { description: "The name under which the credentials provider knows the passphrase.", "x-expected": "letters, digits, dots, hyphens and underscores, at most 100", type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$", maxLength: 100 }, pattern3 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]*$", "u");
function validate18(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.type === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "type" }, schema: schema28.required, parentSchema: schema28, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    for (let key0 in data)
      if (!(key0 === "type" || key0 === "passphrase-id")) {
        let err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema28, data };
        vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
      }
    if (data.type !== void 0) {
      let data0 = data.type;
      if (typeof data0 != "string") {
        let err2 = { instancePath: instancePath + "/type", schemaPath: "#/properties/type/type", keyword: "type", params: { type: "string" }, schema: schema28.properties.type.type, parentSchema: schema28.properties.type, data: data0 };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
      if (data0 !== "luks") {
        let err3 = { instancePath: instancePath + "/type", schemaPath: "#/properties/type/enum", keyword: "enum", params: { allowedValues: schema28.properties.type.enum }, schema: schema28.properties.type.enum, parentSchema: schema28.properties.type, data: data0 };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
    }
    if (data["passphrase-id"] !== void 0) {
      let data1 = data["passphrase-id"];
      if (typeof data1 == "string") {
        if (func2(data1) > 100) {
          let err4 = { instancePath: instancePath + "/passphrase-id", schemaPath: "#/definitions/passphrase-id/maxLength", keyword: "maxLength", params: { limit: 100 }, schema: 100, parentSchema: schema29, data: data1 };
          vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
        }
        if (!pattern3.test(data1)) {
          let err5 = { instancePath: instancePath + "/passphrase-id", schemaPath: "#/definitions/passphrase-id/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$" }, schema: "^[A-Za-z0-9][A-Za-z0-9._-]*$", parentSchema: schema29, data: data1 };
          vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
        }
      } else {
        let err6 = { instancePath: instancePath + "/passphrase-id", schemaPath: "#/definitions/passphrase-id/type", keyword: "type", params: { type: "string" }, schema: schema29.type, parentSchema: schema29, data: data1 };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
  } else {
    let err7 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema28.type, parentSchema: schema28, data };
    vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
  }
  return validate18.errors = vErrors, errors === 0;
}
function validate17(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data["device-uuid"] === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "device-uuid" }, schema: schema26.required, parentSchema: schema26, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    for (let key0 in data)
      if (!(key0 === "device-uuid" || key0 === "encryption")) {
        let err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema26, data };
        vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
      }
    if (data["device-uuid"] !== void 0) {
      let data0 = data["device-uuid"];
      if (typeof data0 == "string") {
        if (func2(data0) > 36) {
          let err2 = { instancePath: instancePath + "/device-uuid", schemaPath: "#/definitions/device-uuid/maxLength", keyword: "maxLength", params: { limit: 36 }, schema: 36, parentSchema: schema27, data: data0 };
          vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
        }
        if (!pattern2.test(data0)) {
          let err3 = { instancePath: instancePath + "/device-uuid", schemaPath: "#/definitions/device-uuid/pattern", keyword: "pattern", params: { pattern: "^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}|[0-9A-Fa-f]{16}|[0-9]{4}(-[0-9]{2}){6})$" }, schema: "^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}|[0-9A-Fa-f]{16}|[0-9]{4}(-[0-9]{2}){6})$", parentSchema: schema27, data: data0 };
          vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
        }
      } else {
        let err4 = { instancePath: instancePath + "/device-uuid", schemaPath: "#/definitions/device-uuid/type", keyword: "type", params: { type: "string" }, schema: schema27.type, parentSchema: schema27, data: data0 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
    data.encryption !== void 0 && (validate18(data.encryption, { instancePath: instancePath + "/encryption", parentData: data, parentDataProperty: "encryption", rootData }) || (vErrors = vErrors === null ? validate18.errors : vErrors.concat(validate18.errors), errors = vErrors.length));
  } else {
    let err5 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema26.type, parentSchema: schema26, data };
    vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
  }
  return validate17.errors = vErrors, errors === 0;
}
var schema30 = { description: "How the destination keeps its history.", "x-expected": 'a table such as { mode = "hard-link" }', type: "object", additionalProperties: !1, properties: { mode: { $ref: "#/definitions/executor-name", description: '"none" (the default), "hard-link", "btrfs", or the name of an executor.' }, keep: { $ref: "#/definitions/keep" }, when: { type: "string", enum: ["always", "changed"], description: '"always" (the default) makes a snapshot in each run, "changed" only if something was transferred or deleted.' } } }, schema31 = { description: "Name of an executor.", "x-expected": 'the name of an executor, such as "rsync" or "hard-link"', type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 50 }, schema32 = { description: "Which snapshots stay: the union of the rules, each with the newest of its period. Without this table all stay.", "x-expected": "a table such as { last = 3, daily = 7 }", type: "object", additionalProperties: !1, properties: { last: { $ref: "#/definitions/count", description: "The newest so many." }, hourly: { $ref: "#/definitions/count", description: "The newest of each of so many hours." }, daily: { $ref: "#/definitions/count", description: "The newest of each of so many days." }, weekly: { $ref: "#/definitions/count", description: "The newest of each of so many weeks (from Monday)." }, monthly: { $ref: "#/definitions/count", description: "The newest of each of so many months." }, yearly: { $ref: "#/definitions/count", description: "The newest of each of so many years." }, within: { $ref: "#/definitions/duration", description: "All that are not older than this." }, timezone: { $ref: "#/definitions/text", description: 'IANA name of the zone in which days begin, such as "Europe/Paris". Default "UTC".' } } }, schema33 = { description: "A whole number, 0 or more.", "x-expected": "a whole number from 0 to 1000000", type: "integer", minimum: 0, maximum: 1e6 }, schema39 = { description: "A whole number and a unit: s, m, h, d or w.", "x-expected": 'a duration such as "7d" or "12h" (units: s, m, h, d, w)', type: "string", pattern: "^[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw])$" }, pattern5 = new RegExp("^[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw])$", "u");
function validate22(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (let key0 in data)
      if (!(key0 === "last" || key0 === "hourly" || key0 === "daily" || key0 === "weekly" || key0 === "monthly" || key0 === "yearly" || key0 === "within" || key0 === "timezone")) {
        let err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema32, data };
        vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
      }
    if (data.last !== void 0) {
      let data0 = data.last;
      if (!(typeof data0 == "number" && !(data0 % 1) && !isNaN(data0) && isFinite(data0))) {
        let err1 = { instancePath: instancePath + "/last", schemaPath: "#/definitions/count/type", keyword: "type", params: { type: "integer" }, schema: schema33.type, parentSchema: schema33, data: data0 };
        vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
      }
      if (typeof data0 == "number" && isFinite(data0)) {
        if (data0 > 1e6 || isNaN(data0)) {
          let err2 = { instancePath: instancePath + "/last", schemaPath: "#/definitions/count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, schema: 1e6, parentSchema: schema33, data: data0 };
          vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
        }
        if (data0 < 0 || isNaN(data0)) {
          let err3 = { instancePath: instancePath + "/last", schemaPath: "#/definitions/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema33, data: data0 };
          vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
        }
      }
    }
    if (data.hourly !== void 0) {
      let data1 = data.hourly;
      if (!(typeof data1 == "number" && !(data1 % 1) && !isNaN(data1) && isFinite(data1))) {
        let err4 = { instancePath: instancePath + "/hourly", schemaPath: "#/definitions/count/type", keyword: "type", params: { type: "integer" }, schema: schema33.type, parentSchema: schema33, data: data1 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 > 1e6 || isNaN(data1)) {
          let err5 = { instancePath: instancePath + "/hourly", schemaPath: "#/definitions/count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, schema: 1e6, parentSchema: schema33, data: data1 };
          vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
        }
        if (data1 < 0 || isNaN(data1)) {
          let err6 = { instancePath: instancePath + "/hourly", schemaPath: "#/definitions/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema33, data: data1 };
          vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
        }
      }
    }
    if (data.daily !== void 0) {
      let data2 = data.daily;
      if (!(typeof data2 == "number" && !(data2 % 1) && !isNaN(data2) && isFinite(data2))) {
        let err7 = { instancePath: instancePath + "/daily", schemaPath: "#/definitions/count/type", keyword: "type", params: { type: "integer" }, schema: schema33.type, parentSchema: schema33, data: data2 };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
      if (typeof data2 == "number" && isFinite(data2)) {
        if (data2 > 1e6 || isNaN(data2)) {
          let err8 = { instancePath: instancePath + "/daily", schemaPath: "#/definitions/count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, schema: 1e6, parentSchema: schema33, data: data2 };
          vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
        }
        if (data2 < 0 || isNaN(data2)) {
          let err9 = { instancePath: instancePath + "/daily", schemaPath: "#/definitions/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema33, data: data2 };
          vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
        }
      }
    }
    if (data.weekly !== void 0) {
      let data3 = data.weekly;
      if (!(typeof data3 == "number" && !(data3 % 1) && !isNaN(data3) && isFinite(data3))) {
        let err10 = { instancePath: instancePath + "/weekly", schemaPath: "#/definitions/count/type", keyword: "type", params: { type: "integer" }, schema: schema33.type, parentSchema: schema33, data: data3 };
        vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
      }
      if (typeof data3 == "number" && isFinite(data3)) {
        if (data3 > 1e6 || isNaN(data3)) {
          let err11 = { instancePath: instancePath + "/weekly", schemaPath: "#/definitions/count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, schema: 1e6, parentSchema: schema33, data: data3 };
          vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
        }
        if (data3 < 0 || isNaN(data3)) {
          let err12 = { instancePath: instancePath + "/weekly", schemaPath: "#/definitions/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema33, data: data3 };
          vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
        }
      }
    }
    if (data.monthly !== void 0) {
      let data4 = data.monthly;
      if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
        let err13 = { instancePath: instancePath + "/monthly", schemaPath: "#/definitions/count/type", keyword: "type", params: { type: "integer" }, schema: schema33.type, parentSchema: schema33, data: data4 };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
      if (typeof data4 == "number" && isFinite(data4)) {
        if (data4 > 1e6 || isNaN(data4)) {
          let err14 = { instancePath: instancePath + "/monthly", schemaPath: "#/definitions/count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, schema: 1e6, parentSchema: schema33, data: data4 };
          vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
        }
        if (data4 < 0 || isNaN(data4)) {
          let err15 = { instancePath: instancePath + "/monthly", schemaPath: "#/definitions/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema33, data: data4 };
          vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
        }
      }
    }
    if (data.yearly !== void 0) {
      let data5 = data.yearly;
      if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
        let err16 = { instancePath: instancePath + "/yearly", schemaPath: "#/definitions/count/type", keyword: "type", params: { type: "integer" }, schema: schema33.type, parentSchema: schema33, data: data5 };
        vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
      }
      if (typeof data5 == "number" && isFinite(data5)) {
        if (data5 > 1e6 || isNaN(data5)) {
          let err17 = { instancePath: instancePath + "/yearly", schemaPath: "#/definitions/count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, schema: 1e6, parentSchema: schema33, data: data5 };
          vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
        }
        if (data5 < 0 || isNaN(data5)) {
          let err18 = { instancePath: instancePath + "/yearly", schemaPath: "#/definitions/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema33, data: data5 };
          vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
        }
      }
    }
    if (data.within !== void 0) {
      let data6 = data.within;
      if (typeof data6 == "string") {
        if (!pattern5.test(data6)) {
          let err19 = { instancePath: instancePath + "/within", schemaPath: "#/definitions/duration/pattern", keyword: "pattern", params: { pattern: "^[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw])$" }, schema: "^[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw])$", parentSchema: schema39, data: data6 };
          vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
        }
      } else {
        let err20 = { instancePath: instancePath + "/within", schemaPath: "#/definitions/duration/type", keyword: "type", params: { type: "string" }, schema: schema39.type, parentSchema: schema39, data: data6 };
        vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
      }
    }
    if (data.timezone !== void 0) {
      let data7 = data.timezone;
      if (typeof data7 == "string") {
        if (func2(data7) < 1) {
          let err21 = { instancePath: instancePath + "/timezone", schemaPath: "#/definitions/text/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema14, data: data7 };
          vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
        }
      } else {
        let err22 = { instancePath: instancePath + "/timezone", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, schema: schema14.type, parentSchema: schema14, data: data7 };
        vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
      }
    }
  } else {
    let err23 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema32.type, parentSchema: schema32, data };
    vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
  }
  return validate22.errors = vErrors, errors === 0;
}
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (let key0 in data)
      if (!(key0 === "mode" || key0 === "keep" || key0 === "when")) {
        let err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema30, data };
        vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
      }
    if (data.mode !== void 0) {
      let data0 = data.mode;
      if (typeof data0 == "string") {
        if (func2(data0) > 50) {
          let err1 = { instancePath: instancePath + "/mode", schemaPath: "#/definitions/executor-name/maxLength", keyword: "maxLength", params: { limit: 50 }, schema: 50, parentSchema: schema31, data: data0 };
          vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
        }
        if (!pattern0.test(data0)) {
          let err2 = { instancePath: instancePath + "/mode", schemaPath: "#/definitions/executor-name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" }, schema: "^[a-z0-9]+(-[a-z0-9]+)*$", parentSchema: schema31, data: data0 };
          vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
        }
      } else {
        let err3 = { instancePath: instancePath + "/mode", schemaPath: "#/definitions/executor-name/type", keyword: "type", params: { type: "string" }, schema: schema31.type, parentSchema: schema31, data: data0 };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
    }
    if (data.keep !== void 0 && (validate22(data.keep, { instancePath: instancePath + "/keep", parentData: data, parentDataProperty: "keep", rootData }) || (vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors), errors = vErrors.length)), data.when !== void 0) {
      let data2 = data.when;
      if (typeof data2 != "string") {
        let err4 = { instancePath: instancePath + "/when", schemaPath: "#/properties/when/type", keyword: "type", params: { type: "string" }, schema: schema30.properties.when.type, parentSchema: schema30.properties.when, data: data2 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
      if (!(data2 === "always" || data2 === "changed")) {
        let err5 = { instancePath: instancePath + "/when", schemaPath: "#/properties/when/enum", keyword: "enum", params: { allowedValues: schema30.properties.when.enum }, schema: schema30.properties.when.enum, parentSchema: schema30.properties.when, data: data2 };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
    }
  } else {
    let err6 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema30.type, parentSchema: schema30, data };
    vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
  }
  return validate21.errors = vErrors, errors === 0;
}
function validate15(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0, _errs1 = errors, valid0 = !1, _errs2 = errors;
  if (data && typeof data == "object" && !Array.isArray(data) && data.path === void 0) {
    let err0 = { instancePath, schemaPath: "#/anyOf/0/required", keyword: "required", params: { missingProperty: "path" }, schema: schema24.anyOf[0].required, parentSchema: schema24.anyOf[0], data };
    vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
  }
  var _valid0 = _errs2 === errors;
  if (valid0 = valid0 || _valid0, !valid0) {
    let _errs3 = errors;
    if (data && typeof data == "object" && !Array.isArray(data) && data.mount === void 0) {
      let err1 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "mount" }, schema: schema24.anyOf[1].required, parentSchema: schema24.anyOf[1], data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (valid0)
    errors = _errs1, vErrors !== null && (_errs1 ? vErrors.length = _errs1 : vErrors = null);
  else {
    let err2 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, schema: schema24.anyOf, parentSchema: schema24, data };
    vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (let key0 in data)
      if (!(key0 === "path" || key0 === "ssh" || key0 === "mount" || key0 === "snapshots" || key0 === "description")) {
        let err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema24, data };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
    if (data.path !== void 0) {
      let data0 = data.path;
      if (typeof data0 == "string") {
        if (func2(data0) < 1) {
          let err4 = { instancePath: instancePath + "/path", schemaPath: "#/definitions/path/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema16, data: data0 };
          vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
        }
      } else {
        let err5 = { instancePath: instancePath + "/path", schemaPath: "#/definitions/path/type", keyword: "type", params: { type: "string" }, schema: schema16.type, parentSchema: schema16, data: data0 };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
    }
    if (data.ssh !== void 0 && (validate12(data.ssh, { instancePath: instancePath + "/ssh", parentData: data, parentDataProperty: "ssh", rootData }) || (vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors), errors = vErrors.length)), data.mount !== void 0 && (validate17(data.mount, { instancePath: instancePath + "/mount", parentData: data, parentDataProperty: "mount", rootData }) || (vErrors = vErrors === null ? validate17.errors : vErrors.concat(validate17.errors), errors = vErrors.length)), data.snapshots !== void 0 && (validate21(data.snapshots, { instancePath: instancePath + "/snapshots", parentData: data, parentDataProperty: "snapshots", rootData }) || (vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors), errors = vErrors.length)), data.description !== void 0) {
      let data4 = data.description;
      if (typeof data4 != "string") {
        let err6 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/type", keyword: "type", params: { type: "string" }, schema: schema24.properties.description.type, parentSchema: schema24.properties.description, data: data4 };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
  } else {
    let err7 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema24.type, parentSchema: schema24, data };
    vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
  }
  return validate15.errors = vErrors, errors === 0;
}
var schema42 = { description: "A one-way copy. A table that bears the name of the sync's executor holds that executor's own settings.", "x-expected": "a table", type: "object", required: ["source", "destination"], additionalProperties: { type: "object" }, properties: { source: { $ref: "#/definitions/endpoint", description: "Where to copy from: VOLUME or VOLUME:SUBDIR." }, destination: { $ref: "#/definitions/endpoint", description: "Where to copy to: VOLUME or VOLUME:SUBDIR." }, enabled: { type: "boolean", description: "Default true. A disabled sync is shown and never planned." }, snapshots: { $ref: "#/definitions/snapshots", description: "Snapshots of the destination. Replaces the destination volume's table as a whole." }, filters: { type: "array", items: { $ref: "#/definitions/filter" }, "x-expected": 'a list of filters, such as [{ exclude = "*.tmp" }]', description: "What is copied and what is not; the first rule that matches decides." }, "filter-file": { $ref: "#/definitions/path", description: "File with further filter rules, on the machine where the spec is." }, rsync: { $ref: "#/definitions/rsync" }, transfer: { $ref: "#/definitions/executor-name", description: 'Executor that moves the data. Default "rsync".' }, priority: { type: "string", enum: ["normal", "high"], description: '"high" also runs where [policy] says high-priority. Default "normal".' }, "max-age": { $ref: "#/definitions/max-age", description: 'The sync is overdue when its last success is older; "never" asks for nothing. Without it `nbkp status` alone takes 30d.' }, tolerate: { type: "array", items: { type: "integer", minimum: 1, maximum: 255, "x-expected": "an exit code from 1 to 255" }, "x-expected": "a list of exit codes, such as [24]", description: "Exit codes of rsync that still count as success, with a warning. Default [24]: files vanished." }, timeout: { $ref: "#/definitions/duration", description: "The transfer is ended after this time." }, before: { $ref: "#/definitions/hooks", description: "Commands to run first. The sync fails when one of them fails." }, after: { $ref: "#/definitions/hooks", description: "Commands to run after success." }, "on-failure": { $ref: "#/definitions/hooks", description: "Commands to run after a failure." }, "source-snapshot": { type: "string", enum: ["btrfs"], description: "Copy from a temporary read-only snapshot of the source." }, policy: { $ref: "#/definitions/sync-policy" } } }, schema43 = { description: "VOLUME for the whole of a volume, or VOLUME:SUBDIR for a directory in it.", "x-expected": '"VOLUME" or "VOLUME:SUBDIR", such as "usb:backups/photos"', type: "string", minLength: 1 }, schema56 = { description: 'A duration, or "never".', "x-expected": 'a duration such as "7d" or "12h" (units: s, m, h, d, w), or "never"', type: "string", pattern: "^(never|[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw]))$" }, schema45 = { description: 'A rule as rsync writes it, such as "- /cache/", or a table with one of include, exclude, merge and dir-merge.', "x-expected": 'a rule such as "- *.tmp", or a table such as { exclude = "*.tmp" }', type: ["string", "object"], minLength: 1, additionalProperties: !1, oneOf: [{ type: "string" }, { type: "object", required: ["include"] }, { type: "object", required: ["exclude"] }, { type: "object", required: ["merge"] }, { type: "object", required: ["dir-merge"] }], dependencies: { "exclude-self": ["dir-merge"] }, "x-rule": "A filter has exactly one of `include`, `exclude`, `merge` and `dir-merge`; `exclude-self` goes with `dir-merge` only. Write one table per rule.", properties: { include: { $ref: "#/definitions/text", description: "Pattern of what is copied although a later rule excludes it." }, exclude: { $ref: "#/definitions/text", description: "Pattern of what is not copied." }, merge: { $ref: "#/definitions/path", description: "File with rules, on the machine where the spec is." }, "dir-merge": { $ref: "#/definitions/text", description: "Name of a file with rules that is looked for in each directory of the source." }, "exclude-self": { type: "boolean", description: "With dir-merge: do not copy the files with rules themselves. Default false." } } };
function validate28(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (typeof data != "string" && !(data && typeof data == "object" && !Array.isArray(data))) {
    let err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: schema45.type }, schema: schema45.type, parentSchema: schema45, data };
    vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
  }
  let _errs1 = errors, valid0 = !1, passing0 = null, _errs2 = errors;
  if (typeof data != "string") {
    let err1 = { instancePath, schemaPath: "#/oneOf/0/type", keyword: "type", params: { type: "string" }, schema: schema45.oneOf[0].type, parentSchema: schema45.oneOf[0], data };
    vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
  }
  var _valid0 = _errs2 === errors;
  _valid0 && (valid0 = !0, passing0 = 0);
  let _errs4 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.include === void 0) {
      let err2 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: "include" }, schema: schema45.oneOf[1].required, parentSchema: schema45.oneOf[1], data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
  } else {
    let err3 = { instancePath, schemaPath: "#/oneOf/1/type", keyword: "type", params: { type: "object" }, schema: schema45.oneOf[1].type, parentSchema: schema45.oneOf[1], data };
    vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
  }
  var _valid0 = _errs4 === errors;
  if (_valid0 && valid0)
    valid0 = !1, passing0 = [passing0, 1];
  else {
    _valid0 && (valid0 = !0, passing0 = 1);
    let _errs6 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.exclude === void 0) {
        let err4 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "exclude" }, schema: schema45.oneOf[2].required, parentSchema: schema45.oneOf[2], data };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    } else {
      let err5 = { instancePath, schemaPath: "#/oneOf/2/type", keyword: "type", params: { type: "object" }, schema: schema45.oneOf[2].type, parentSchema: schema45.oneOf[2], data };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
    var _valid0 = _errs6 === errors;
    if (_valid0 && valid0)
      valid0 = !1, passing0 = [passing0, 2];
    else {
      _valid0 && (valid0 = !0, passing0 = 2);
      let _errs8 = errors;
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.merge === void 0) {
          let err6 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: "merge" }, schema: schema45.oneOf[3].required, parentSchema: schema45.oneOf[3], data };
          vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
        }
      } else {
        let err7 = { instancePath, schemaPath: "#/oneOf/3/type", keyword: "type", params: { type: "object" }, schema: schema45.oneOf[3].type, parentSchema: schema45.oneOf[3], data };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
      var _valid0 = _errs8 === errors;
      if (_valid0 && valid0)
        valid0 = !1, passing0 = [passing0, 3];
      else {
        _valid0 && (valid0 = !0, passing0 = 3);
        let _errs10 = errors;
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data["dir-merge"] === void 0) {
            let err8 = { instancePath, schemaPath: "#/oneOf/4/required", keyword: "required", params: { missingProperty: "dir-merge" }, schema: schema45.oneOf[4].required, parentSchema: schema45.oneOf[4], data };
            vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
          }
        } else {
          let err9 = { instancePath, schemaPath: "#/oneOf/4/type", keyword: "type", params: { type: "object" }, schema: schema45.oneOf[4].type, parentSchema: schema45.oneOf[4], data };
          vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
        }
        var _valid0 = _errs10 === errors;
        _valid0 && valid0 ? (valid0 = !1, passing0 = [passing0, 4]) : _valid0 && (valid0 = !0, passing0 = 4);
      }
    }
  }
  if (valid0)
    errors = _errs1, vErrors !== null && (_errs1 ? vErrors.length = _errs1 : vErrors = null);
  else {
    let err10 = { instancePath, schemaPath: "#/oneOf", keyword: "oneOf", params: { passingSchemas: passing0 }, schema: schema45.oneOf, parentSchema: schema45, data };
    vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
  }
  if (typeof data == "string" && func2(data) < 1) {
    let err11 = { instancePath, schemaPath: "#/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema45, data };
    vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (let key0 in data)
      if (!(key0 === "include" || key0 === "exclude" || key0 === "merge" || key0 === "dir-merge" || key0 === "exclude-self")) {
        let err12 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema45, data };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
    if (data["exclude-self"] !== void 0 && data["dir-merge"] === void 0) {
      let err13 = { instancePath, schemaPath: "#/dependencies", keyword: "dependencies", params: {
        property: "exclude-self",
        missingProperty: "dir-merge",
        depsCount: 1,
        deps: "dir-merge"
      }, schema: schema45.dependencies, parentSchema: schema45, data };
      vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
    }
    if (data.include !== void 0) {
      let data0 = data.include;
      if (typeof data0 == "string") {
        if (func2(data0) < 1) {
          let err14 = { instancePath: instancePath + "/include", schemaPath: "#/definitions/text/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema14, data: data0 };
          vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
        }
      } else {
        let err15 = { instancePath: instancePath + "/include", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, schema: schema14.type, parentSchema: schema14, data: data0 };
        vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
      }
    }
    if (data.exclude !== void 0) {
      let data1 = data.exclude;
      if (typeof data1 == "string") {
        if (func2(data1) < 1) {
          let err16 = { instancePath: instancePath + "/exclude", schemaPath: "#/definitions/text/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema14, data: data1 };
          vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
        }
      } else {
        let err17 = { instancePath: instancePath + "/exclude", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, schema: schema14.type, parentSchema: schema14, data: data1 };
        vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
      }
    }
    if (data.merge !== void 0) {
      let data2 = data.merge;
      if (typeof data2 == "string") {
        if (func2(data2) < 1) {
          let err18 = { instancePath: instancePath + "/merge", schemaPath: "#/definitions/path/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema16, data: data2 };
          vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
        }
      } else {
        let err19 = { instancePath: instancePath + "/merge", schemaPath: "#/definitions/path/type", keyword: "type", params: { type: "string" }, schema: schema16.type, parentSchema: schema16, data: data2 };
        vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
      }
    }
    if (data["dir-merge"] !== void 0) {
      let data3 = data["dir-merge"];
      if (typeof data3 == "string") {
        if (func2(data3) < 1) {
          let err20 = { instancePath: instancePath + "/dir-merge", schemaPath: "#/definitions/text/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema14, data: data3 };
          vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
        }
      } else {
        let err21 = { instancePath: instancePath + "/dir-merge", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, schema: schema14.type, parentSchema: schema14, data: data3 };
        vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
      }
    }
    if (data["exclude-self"] !== void 0) {
      let data4 = data["exclude-self"];
      if (typeof data4 != "boolean") {
        let err22 = { instancePath: instancePath + "/exclude-self", schemaPath: "#/properties/exclude-self/type", keyword: "type", params: { type: "boolean" }, schema: schema45.properties["exclude-self"].type, parentSchema: schema45.properties["exclude-self"], data: data4 };
        vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
      }
    }
  }
  return validate28.errors = vErrors, errors === 0;
}
var schema51 = { description: "Settings of rsync.", "x-expected": "a table such as { compress = true }", type: "object", additionalProperties: !1, properties: { compress: { type: "boolean", description: "Compress what goes over the network. Default false." }, checksum: { type: "boolean", description: "Compare contents instead of size and time. Slow. Default false." }, bandwidth: { $ref: "#/definitions/bandwidth" }, delete: { type: "boolean", description: "Delete from the destination what the source no longer has. Default true." }, options: { $ref: "#/definitions/options", description: "Options instead of the default ones (-a --delete --delete-excluded --partial-dir=.rsync-partial)." }, "extra-options": { $ref: "#/definitions/options", description: "Options in addition to the others." } } }, schema52 = { description: `As rsync's --bwlimit takes it: a rate per second such as "1.5m" or "500k"; a plain number counts KiB.`, "x-expected": 'a rate per second such as "1.5m", "500k" or 500 (KiB)', type: ["string", "integer"], pattern: "^([0-9]+(\\.[0-9]+)?|\\.[0-9]+)([kKmMgGtT]([iI]?[bB])?)?$", minimum: 0 }, pattern7 = new RegExp("^([0-9]+(\\.[0-9]+)?|\\.[0-9]+)([kKmMgGtT]([iI]?[bB])?)?$", "u"), schema53 = { description: 'Options of rsync, one word each: write a value in the same word, as in "--bwlimit=500".', "x-expected": 'a list of options, such as ["--archive", "--hard-links"]', type: "array", items: { $ref: "#/definitions/text" } };
function validate31(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (Array.isArray(data)) {
    let len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      let data0 = data[i0];
      if (typeof data0 == "string") {
        if (func2(data0) < 1) {
          let err0 = { instancePath: instancePath + "/" + i0, schemaPath: "#/definitions/text/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema14, data: data0 };
          vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
        }
      } else {
        let err1 = { instancePath: instancePath + "/" + i0, schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, schema: schema14.type, parentSchema: schema14, data: data0 };
        vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
      }
    }
  } else {
    let err2 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, schema: schema53.type, parentSchema: schema53, data };
    vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
  }
  return validate31.errors = vErrors, errors === 0;
}
function validate30(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (let key0 in data)
      if (!(key0 === "compress" || key0 === "checksum" || key0 === "bandwidth" || key0 === "delete" || key0 === "options" || key0 === "extra-options")) {
        let err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema51, data };
        vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
      }
    if (data.compress !== void 0) {
      let data0 = data.compress;
      if (typeof data0 != "boolean") {
        let err1 = { instancePath: instancePath + "/compress", schemaPath: "#/properties/compress/type", keyword: "type", params: { type: "boolean" }, schema: schema51.properties.compress.type, parentSchema: schema51.properties.compress, data: data0 };
        vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
      }
    }
    if (data.checksum !== void 0) {
      let data1 = data.checksum;
      if (typeof data1 != "boolean") {
        let err2 = { instancePath: instancePath + "/checksum", schemaPath: "#/properties/checksum/type", keyword: "type", params: { type: "boolean" }, schema: schema51.properties.checksum.type, parentSchema: schema51.properties.checksum, data: data1 };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
    }
    if (data.bandwidth !== void 0) {
      let data2 = data.bandwidth;
      if (typeof data2 != "string" && !(typeof data2 == "number" && !(data2 % 1) && !isNaN(data2) && isFinite(data2))) {
        let err3 = { instancePath: instancePath + "/bandwidth", schemaPath: "#/definitions/bandwidth/type", keyword: "type", params: { type: schema52.type }, schema: schema52.type, parentSchema: schema52, data: data2 };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
      if (typeof data2 == "number" && isFinite(data2) && (data2 < 0 || isNaN(data2))) {
        let err4 = { instancePath: instancePath + "/bandwidth", schemaPath: "#/definitions/bandwidth/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema52, data: data2 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
      if (typeof data2 == "string" && !pattern7.test(data2)) {
        let err5 = { instancePath: instancePath + "/bandwidth", schemaPath: "#/definitions/bandwidth/pattern", keyword: "pattern", params: { pattern: "^([0-9]+(\\.[0-9]+)?|\\.[0-9]+)([kKmMgGtT]([iI]?[bB])?)?$" }, schema: "^([0-9]+(\\.[0-9]+)?|\\.[0-9]+)([kKmMgGtT]([iI]?[bB])?)?$", parentSchema: schema52, data: data2 };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
    }
    if (data.delete !== void 0) {
      let data3 = data.delete;
      if (typeof data3 != "boolean") {
        let err6 = { instancePath: instancePath + "/delete", schemaPath: "#/properties/delete/type", keyword: "type", params: { type: "boolean" }, schema: schema51.properties.delete.type, parentSchema: schema51.properties.delete, data: data3 };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
    data.options !== void 0 && (validate31(data.options, { instancePath: instancePath + "/options", parentData: data, parentDataProperty: "options", rootData }) || (vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors), errors = vErrors.length)), data["extra-options"] !== void 0 && (validate31(data["extra-options"], { instancePath: instancePath + "/extra-options", parentData: data, parentDataProperty: "extra-options", rootData }) || (vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors), errors = vErrors.length));
  } else {
    let err7 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema51.type, parentSchema: schema51, data };
    vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
  }
  return validate30.errors = vErrors, errors === 0;
}
var schema58 = { description: "Commands, in order.", "x-expected": 'a list of commands, each a list of words, such as [["systemctl", "stop", "app"]]', type: "array", items: { $ref: "#/definitions/hook" } }, schema59 = { description: "A command as a list of words, or a table that also says where it runs.", "x-expected": 'a command as a list of words, such as ["systemctl", "stop", "app"], or a table such as { run = ["sync"], on = "usb" }', type: ["array", "object"], minItems: 1, items: { type: "string", "x-expected": "text in quotes" }, additionalProperties: !1, required: ["run"], properties: { run: { $ref: "#/definitions/argv" }, on: { $ref: "#/definitions/text", description: "Volume on whose machine it runs. Default: this machine." } } }, schema60 = { description: "A program and its arguments, one word each. No shell reads it.", "x-expected": 'a program and its arguments as a list, such as ["systemctl", "stop", "app"]', type: "array", minItems: 1, items: { type: "string", "x-expected": "text in quotes" } };
function validate36(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (!data || typeof data != "object") {
    let err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: schema59.type }, schema: schema59.type, parentSchema: schema59, data };
    vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
  }
  if (Array.isArray(data)) {
    if (data.length < 1) {
      let err1 = { instancePath, schemaPath: "#/minItems", keyword: "minItems", params: { limit: 1 }, schema: 1, parentSchema: schema59, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    let len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      let data0 = data[i0];
      if (typeof data0 != "string") {
        let err2 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/type", keyword: "type", params: { type: "string" }, schema: schema59.items.type, parentSchema: schema59.items, data: data0 };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
    }
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.run === void 0) {
      let err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "run" }, schema: schema59.required, parentSchema: schema59, data };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    for (let key0 in data)
      if (!(key0 === "run" || key0 === "on")) {
        let err4 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema59, data };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    if (data.run !== void 0) {
      let data1 = data.run;
      if (Array.isArray(data1)) {
        if (data1.length < 1) {
          let err5 = { instancePath: instancePath + "/run", schemaPath: "#/definitions/argv/minItems", keyword: "minItems", params: { limit: 1 }, schema: 1, parentSchema: schema60, data: data1 };
          vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
        }
        let len1 = data1.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data2 = data1[i1];
          if (typeof data2 != "string") {
            let err6 = { instancePath: instancePath + "/run/" + i1, schemaPath: "#/definitions/argv/items/type", keyword: "type", params: { type: "string" }, schema: schema60.items.type, parentSchema: schema60.items, data: data2 };
            vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
          }
        }
      } else {
        let err7 = { instancePath: instancePath + "/run", schemaPath: "#/definitions/argv/type", keyword: "type", params: { type: "array" }, schema: schema60.type, parentSchema: schema60, data: data1 };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
    }
    if (data.on !== void 0) {
      let data3 = data.on;
      if (typeof data3 == "string") {
        if (func2(data3) < 1) {
          let err8 = { instancePath: instancePath + "/on", schemaPath: "#/definitions/text/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema14, data: data3 };
          vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
        }
      } else {
        let err9 = { instancePath: instancePath + "/on", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, schema: schema14.type, parentSchema: schema14, data: data3 };
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
    }
  }
  return validate36.errors = vErrors, errors === 0;
}
function validate35(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (Array.isArray(data)) {
    let len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++)
      validate36(data[i0], { instancePath: instancePath + "/" + i0, parentData: data, parentDataProperty: i0, rootData }) || (vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors), errors = vErrors.length);
  } else {
    let err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, schema: schema58.type, parentSchema: schema58, data };
    vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
  }
  return validate35.errors = vErrors, errors === 0;
}
var schema62 = { description: "The sync's own limits on top of [policy].", "x-expected": "a table", type: "object", additionalProperties: !1, properties: { "max-delete": { $ref: "#/definitions/max-delete" }, "max-prune": { $ref: "#/definitions/count", description: "Snapshots that one run may prune. Default: no limit." }, "min-free": { $ref: "#/definitions/size", description: "Space that has to be free at the destination. Default: no limit." }, "max-age": { $ref: "#/definitions/max-age", description: 'The sync is overdue when its last success is older; "never" asks for nothing. Without it `nbkp status` alone takes 30d.' } } }, schema66 = { description: "A number and a unit: B, kB, MB, GB, TB (powers of 1000), KiB, MiB, GiB or TiB (powers of 1024).", "x-expected": 'a size such as "5GiB" or "200MB" (units: B, kB, MB, GB, TB, KiB, MiB, GiB, TiB)', type: "string", pattern: "^[0-9]{1,9}(\\.[0-9]{1,3})?(B|[kKMGT]B|[KMGT]iB)$" }, schema63 = { description: "The guard: a sync that would delete more is refused, unless --allow-destructive is given. Fewer than 20 deletions never count.", "x-expected": "a table such as { percent = 25 }", type: "object", additionalProperties: !1, properties: { percent: { type: "number", minimum: 0, maximum: 100, "x-expected": "a number from 0 to 100", description: "Of the destination's entries. Default 25." }, files: { $ref: "#/definitions/count", description: "Entries. Default: no limit." } } };
function validate42(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (let key0 in data)
      if (!(key0 === "percent" || key0 === "files")) {
        let err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema63, data };
        vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
      }
    if (data.percent !== void 0) {
      let data0 = data.percent;
      if (typeof data0 == "number" && isFinite(data0)) {
        if (data0 > 100 || isNaN(data0)) {
          let err1 = { instancePath: instancePath + "/percent", schemaPath: "#/properties/percent/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, schema: 100, parentSchema: schema63.properties.percent, data: data0 };
          vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
        }
        if (data0 < 0 || isNaN(data0)) {
          let err2 = { instancePath: instancePath + "/percent", schemaPath: "#/properties/percent/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema63.properties.percent, data: data0 };
          vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
        }
      } else {
        let err3 = { instancePath: instancePath + "/percent", schemaPath: "#/properties/percent/type", keyword: "type", params: { type: "number" }, schema: schema63.properties.percent.type, parentSchema: schema63.properties.percent, data: data0 };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
    }
    if (data.files !== void 0) {
      let data1 = data.files;
      if (!(typeof data1 == "number" && !(data1 % 1) && !isNaN(data1) && isFinite(data1))) {
        let err4 = { instancePath: instancePath + "/files", schemaPath: "#/definitions/count/type", keyword: "type", params: { type: "integer" }, schema: schema33.type, parentSchema: schema33, data: data1 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 > 1e6 || isNaN(data1)) {
          let err5 = { instancePath: instancePath + "/files", schemaPath: "#/definitions/count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, schema: 1e6, parentSchema: schema33, data: data1 };
          vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
        }
        if (data1 < 0 || isNaN(data1)) {
          let err6 = { instancePath: instancePath + "/files", schemaPath: "#/definitions/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema33, data: data1 };
          vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
        }
      }
    }
  } else {
    let err7 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema63.type, parentSchema: schema63, data };
    vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
  }
  return validate42.errors = vErrors, errors === 0;
}
var pattern11 = new RegExp("^[0-9]{1,9}(\\.[0-9]{1,3})?(B|[kKMGT]B|[KMGT]iB)$", "u"), pattern9 = new RegExp("^(never|[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw]))$", "u");
function validate41(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (let key0 in data)
      if (!(key0 === "max-delete" || key0 === "max-prune" || key0 === "min-free" || key0 === "max-age")) {
        let err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema62, data };
        vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
      }
    if (data["max-delete"] !== void 0 && (validate42(data["max-delete"], { instancePath: instancePath + "/max-delete", parentData: data, parentDataProperty: "max-delete", rootData }) || (vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors), errors = vErrors.length)), data["max-prune"] !== void 0) {
      let data1 = data["max-prune"];
      if (!(typeof data1 == "number" && !(data1 % 1) && !isNaN(data1) && isFinite(data1))) {
        let err1 = { instancePath: instancePath + "/max-prune", schemaPath: "#/definitions/count/type", keyword: "type", params: { type: "integer" }, schema: schema33.type, parentSchema: schema33, data: data1 };
        vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 > 1e6 || isNaN(data1)) {
          let err2 = { instancePath: instancePath + "/max-prune", schemaPath: "#/definitions/count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, schema: 1e6, parentSchema: schema33, data: data1 };
          vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
        }
        if (data1 < 0 || isNaN(data1)) {
          let err3 = { instancePath: instancePath + "/max-prune", schemaPath: "#/definitions/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema33, data: data1 };
          vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
        }
      }
    }
    if (data["min-free"] !== void 0) {
      let data2 = data["min-free"];
      if (typeof data2 == "string") {
        if (!pattern11.test(data2)) {
          let err4 = { instancePath: instancePath + "/min-free", schemaPath: "#/definitions/size/pattern", keyword: "pattern", params: { pattern: "^[0-9]{1,9}(\\.[0-9]{1,3})?(B|[kKMGT]B|[KMGT]iB)$" }, schema: "^[0-9]{1,9}(\\.[0-9]{1,3})?(B|[kKMGT]B|[KMGT]iB)$", parentSchema: schema66, data: data2 };
          vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
        }
      } else {
        let err5 = { instancePath: instancePath + "/min-free", schemaPath: "#/definitions/size/type", keyword: "type", params: { type: "string" }, schema: schema66.type, parentSchema: schema66, data: data2 };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
    }
    if (data["max-age"] !== void 0) {
      let data3 = data["max-age"];
      if (typeof data3 == "string") {
        if (!pattern9.test(data3)) {
          let err6 = { instancePath: instancePath + "/max-age", schemaPath: "#/definitions/max-age/pattern", keyword: "pattern", params: { pattern: "^(never|[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw]))$" }, schema: "^(never|[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw]))$", parentSchema: schema56, data: data3 };
          vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
        }
      } else {
        let err7 = { instancePath: instancePath + "/max-age", schemaPath: "#/definitions/max-age/type", keyword: "type", params: { type: "string" }, schema: schema56.type, parentSchema: schema56, data: data3 };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
    }
  } else {
    let err8 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema62.type, parentSchema: schema62, data };
    vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
  }
  return validate41.errors = vErrors, errors === 0;
}
function validate26(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.source === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "source" }, schema: schema42.required, parentSchema: schema42, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.destination === void 0) {
      let err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "destination" }, schema: schema42.required, parentSchema: schema42, data };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    for (let key0 in data)
      if (!func3.call(schema42.properties, key0)) {
        let data0 = data[key0];
        if (!(data0 && typeof data0 == "object" && !Array.isArray(data0))) {
          let err2 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/additionalProperties/type", keyword: "type", params: { type: "object" }, schema: schema42.additionalProperties.type, parentSchema: schema42.additionalProperties, data: data0 };
          vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
        }
      }
    if (data.source !== void 0) {
      let data1 = data.source;
      if (typeof data1 == "string") {
        if (func2(data1) < 1) {
          let err3 = { instancePath: instancePath + "/source", schemaPath: "#/definitions/endpoint/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema43, data: data1 };
          vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
        }
      } else {
        let err4 = { instancePath: instancePath + "/source", schemaPath: "#/definitions/endpoint/type", keyword: "type", params: { type: "string" }, schema: schema43.type, parentSchema: schema43, data: data1 };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
    if (data.destination !== void 0) {
      let data2 = data.destination;
      if (typeof data2 == "string") {
        if (func2(data2) < 1) {
          let err5 = { instancePath: instancePath + "/destination", schemaPath: "#/definitions/endpoint/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema43, data: data2 };
          vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
        }
      } else {
        let err6 = { instancePath: instancePath + "/destination", schemaPath: "#/definitions/endpoint/type", keyword: "type", params: { type: "string" }, schema: schema43.type, parentSchema: schema43, data: data2 };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
    if (data.enabled !== void 0) {
      let data3 = data.enabled;
      if (typeof data3 != "boolean") {
        let err7 = { instancePath: instancePath + "/enabled", schemaPath: "#/properties/enabled/type", keyword: "type", params: { type: "boolean" }, schema: schema42.properties.enabled.type, parentSchema: schema42.properties.enabled, data: data3 };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
    }
    if (data.snapshots !== void 0 && (validate21(data.snapshots, { instancePath: instancePath + "/snapshots", parentData: data, parentDataProperty: "snapshots", rootData }) || (vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors), errors = vErrors.length)), data.filters !== void 0) {
      let data5 = data.filters;
      if (Array.isArray(data5)) {
        let len0 = data5.length;
        for (let i0 = 0; i0 < len0; i0++)
          validate28(data5[i0], { instancePath: instancePath + "/filters/" + i0, parentData: data5, parentDataProperty: i0, rootData }) || (vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors), errors = vErrors.length);
      } else {
        let err8 = { instancePath: instancePath + "/filters", schemaPath: "#/properties/filters/type", keyword: "type", params: { type: "array" }, schema: schema42.properties.filters.type, parentSchema: schema42.properties.filters, data: data5 };
        vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
      }
    }
    if (data["filter-file"] !== void 0) {
      let data7 = data["filter-file"];
      if (typeof data7 == "string") {
        if (func2(data7) < 1) {
          let err9 = { instancePath: instancePath + "/filter-file", schemaPath: "#/definitions/path/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema16, data: data7 };
          vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
        }
      } else {
        let err10 = { instancePath: instancePath + "/filter-file", schemaPath: "#/definitions/path/type", keyword: "type", params: { type: "string" }, schema: schema16.type, parentSchema: schema16, data: data7 };
        vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
      }
    }
    if (data.rsync !== void 0 && (validate30(data.rsync, { instancePath: instancePath + "/rsync", parentData: data, parentDataProperty: "rsync", rootData }) || (vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors), errors = vErrors.length)), data.transfer !== void 0) {
      let data9 = data.transfer;
      if (typeof data9 == "string") {
        if (func2(data9) > 50) {
          let err11 = { instancePath: instancePath + "/transfer", schemaPath: "#/definitions/executor-name/maxLength", keyword: "maxLength", params: { limit: 50 }, schema: 50, parentSchema: schema31, data: data9 };
          vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
        }
        if (!pattern0.test(data9)) {
          let err12 = { instancePath: instancePath + "/transfer", schemaPath: "#/definitions/executor-name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" }, schema: "^[a-z0-9]+(-[a-z0-9]+)*$", parentSchema: schema31, data: data9 };
          vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
        }
      } else {
        let err13 = { instancePath: instancePath + "/transfer", schemaPath: "#/definitions/executor-name/type", keyword: "type", params: { type: "string" }, schema: schema31.type, parentSchema: schema31, data: data9 };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
    }
    if (data.priority !== void 0) {
      let data10 = data.priority;
      if (typeof data10 != "string") {
        let err14 = { instancePath: instancePath + "/priority", schemaPath: "#/properties/priority/type", keyword: "type", params: { type: "string" }, schema: schema42.properties.priority.type, parentSchema: schema42.properties.priority, data: data10 };
        vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
      }
      if (!(data10 === "normal" || data10 === "high")) {
        let err15 = { instancePath: instancePath + "/priority", schemaPath: "#/properties/priority/enum", keyword: "enum", params: { allowedValues: schema42.properties.priority.enum }, schema: schema42.properties.priority.enum, parentSchema: schema42.properties.priority, data: data10 };
        vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
      }
    }
    if (data["max-age"] !== void 0) {
      let data11 = data["max-age"];
      if (typeof data11 == "string") {
        if (!pattern9.test(data11)) {
          let err16 = { instancePath: instancePath + "/max-age", schemaPath: "#/definitions/max-age/pattern", keyword: "pattern", params: { pattern: "^(never|[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw]))$" }, schema: "^(never|[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw]))$", parentSchema: schema56, data: data11 };
          vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
        }
      } else {
        let err17 = { instancePath: instancePath + "/max-age", schemaPath: "#/definitions/max-age/type", keyword: "type", params: { type: "string" }, schema: schema56.type, parentSchema: schema56, data: data11 };
        vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
      }
    }
    if (data.tolerate !== void 0) {
      let data12 = data.tolerate;
      if (Array.isArray(data12)) {
        let len1 = data12.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data13 = data12[i1];
          if (!(typeof data13 == "number" && !(data13 % 1) && !isNaN(data13) && isFinite(data13))) {
            let err18 = { instancePath: instancePath + "/tolerate/" + i1, schemaPath: "#/properties/tolerate/items/type", keyword: "type", params: { type: "integer" }, schema: schema42.properties.tolerate.items.type, parentSchema: schema42.properties.tolerate.items, data: data13 };
            vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
          }
          if (typeof data13 == "number" && isFinite(data13)) {
            if (data13 > 255 || isNaN(data13)) {
              let err19 = { instancePath: instancePath + "/tolerate/" + i1, schemaPath: "#/properties/tolerate/items/maximum", keyword: "maximum", params: { comparison: "<=", limit: 255 }, schema: 255, parentSchema: schema42.properties.tolerate.items, data: data13 };
              vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
            }
            if (data13 < 1 || isNaN(data13)) {
              let err20 = { instancePath: instancePath + "/tolerate/" + i1, schemaPath: "#/properties/tolerate/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema42.properties.tolerate.items, data: data13 };
              vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
            }
          }
        }
      } else {
        let err21 = { instancePath: instancePath + "/tolerate", schemaPath: "#/properties/tolerate/type", keyword: "type", params: { type: "array" }, schema: schema42.properties.tolerate.type, parentSchema: schema42.properties.tolerate, data: data12 };
        vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
      }
    }
    if (data.timeout !== void 0) {
      let data14 = data.timeout;
      if (typeof data14 == "string") {
        if (!pattern5.test(data14)) {
          let err22 = { instancePath: instancePath + "/timeout", schemaPath: "#/definitions/duration/pattern", keyword: "pattern", params: { pattern: "^[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw])$" }, schema: "^[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw])$", parentSchema: schema39, data: data14 };
          vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
        }
      } else {
        let err23 = { instancePath: instancePath + "/timeout", schemaPath: "#/definitions/duration/type", keyword: "type", params: { type: "string" }, schema: schema39.type, parentSchema: schema39, data: data14 };
        vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
      }
    }
    if (data.before !== void 0 && (validate35(data.before, { instancePath: instancePath + "/before", parentData: data, parentDataProperty: "before", rootData }) || (vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors), errors = vErrors.length)), data.after !== void 0 && (validate35(data.after, { instancePath: instancePath + "/after", parentData: data, parentDataProperty: "after", rootData }) || (vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors), errors = vErrors.length)), data["on-failure"] !== void 0 && (validate35(data["on-failure"], { instancePath: instancePath + "/on-failure", parentData: data, parentDataProperty: "on-failure", rootData }) || (vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors), errors = vErrors.length)), data["source-snapshot"] !== void 0) {
      let data18 = data["source-snapshot"];
      if (typeof data18 != "string") {
        let err24 = { instancePath: instancePath + "/source-snapshot", schemaPath: "#/properties/source-snapshot/type", keyword: "type", params: { type: "string" }, schema: schema42.properties["source-snapshot"].type, parentSchema: schema42.properties["source-snapshot"], data: data18 };
        vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
      }
      if (data18 !== "btrfs") {
        let err25 = { instancePath: instancePath + "/source-snapshot", schemaPath: "#/properties/source-snapshot/enum", keyword: "enum", params: { allowedValues: schema42.properties["source-snapshot"].enum }, schema: schema42.properties["source-snapshot"].enum, parentSchema: schema42.properties["source-snapshot"], data: data18 };
        vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
      }
    }
    data.policy !== void 0 && (validate41(data.policy, { instancePath: instancePath + "/policy", parentData: data, parentDataProperty: "policy", rootData }) || (vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors), errors = vErrors.length));
  } else {
    let err26 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema42.type, parentSchema: schema42, data };
    vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
  }
  return validate26.errors = vErrors, errors === 0;
}
var schema68 = { description: "Where passphrases come from.", "x-expected": 'a table such as { provider = "keyring" }', type: "object", additionalProperties: !1, if: { properties: { provider: { const: "command" } }, required: ["provider"] }, then: { required: ["command"] }, properties: { provider: { type: "string", enum: ["keyring", "prompt", "env", "command", "file"], description: 'Default "keyring".' }, command: { $ref: "#/definitions/argv", description: 'With provider "command": a program that prints the passphrase; {id} stands for its id.' }, directory: { $ref: "#/definitions/path", description: 'With provider "file": a directory with one file per id. Default: $CREDENTIALS_DIRECTORY.' } } };
function validate46(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0, _errs1 = errors, valid0 = !0, _errs2 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    let missing0;
    if (data.provider === void 0 && (missing0 = "provider")) {
      let err0 = {};
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    } else if (data.provider !== void 0 && data.provider !== "command") {
      let err1 = {};
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
  }
  var _valid0 = _errs2 === errors;
  if (errors = _errs1, vErrors !== null && (_errs1 ? vErrors.length = _errs1 : vErrors = null), _valid0) {
    let _errs4 = errors;
    if (data && typeof data == "object" && !Array.isArray(data) && data.command === void 0) {
      let err2 = { instancePath, schemaPath: "#/then/required", keyword: "required", params: { missingProperty: "command" }, schema: schema68.then.required, parentSchema: schema68.then, data };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    var _valid0 = _errs4 === errors;
    valid0 = _valid0;
  }
  if (!valid0) {
    let err3 = { instancePath, schemaPath: "#/if", keyword: "if", params: { failingKeyword: "then" }, schema: schema68.if, parentSchema: schema68, data };
    vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (let key0 in data)
      if (!(key0 === "provider" || key0 === "command" || key0 === "directory")) {
        let err4 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema68, data };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    if (data.provider !== void 0) {
      let data1 = data.provider;
      if (typeof data1 != "string") {
        let err5 = { instancePath: instancePath + "/provider", schemaPath: "#/properties/provider/type", keyword: "type", params: { type: "string" }, schema: schema68.properties.provider.type, parentSchema: schema68.properties.provider, data: data1 };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
      if (!(data1 === "keyring" || data1 === "prompt" || data1 === "env" || data1 === "command" || data1 === "file")) {
        let err6 = { instancePath: instancePath + "/provider", schemaPath: "#/properties/provider/enum", keyword: "enum", params: { allowedValues: schema68.properties.provider.enum }, schema: schema68.properties.provider.enum, parentSchema: schema68.properties.provider, data: data1 };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
    if (data.command !== void 0) {
      let data2 = data.command;
      if (Array.isArray(data2)) {
        if (data2.length < 1) {
          let err7 = { instancePath: instancePath + "/command", schemaPath: "#/definitions/argv/minItems", keyword: "minItems", params: { limit: 1 }, schema: 1, parentSchema: schema60, data: data2 };
          vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
        }
        let len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data3 = data2[i0];
          if (typeof data3 != "string") {
            let err8 = { instancePath: instancePath + "/command/" + i0, schemaPath: "#/definitions/argv/items/type", keyword: "type", params: { type: "string" }, schema: schema60.items.type, parentSchema: schema60.items, data: data3 };
            vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
          }
        }
      } else {
        let err9 = { instancePath: instancePath + "/command", schemaPath: "#/definitions/argv/type", keyword: "type", params: { type: "array" }, schema: schema60.type, parentSchema: schema60, data: data2 };
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
    }
    if (data.directory !== void 0) {
      let data4 = data.directory;
      if (typeof data4 == "string") {
        if (func2(data4) < 1) {
          let err10 = { instancePath: instancePath + "/directory", schemaPath: "#/definitions/path/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema16, data: data4 };
          vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
        }
      } else {
        let err11 = { instancePath: instancePath + "/directory", schemaPath: "#/definitions/path/type", keyword: "type", params: { type: "string" }, schema: schema16.type, parentSchema: schema16, data: data4 };
        vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
      }
    }
  } else {
    let err12 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema68.type, parentSchema: schema68, data };
    vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
  }
  return validate46.errors = vErrors, errors === 0;
}
var schema71 = { description: "Limits of all syncs.", "x-expected": "a table", type: "object", additionalProperties: !1, properties: { "max-delete": { $ref: "#/definitions/max-delete" }, "max-prune": { $ref: "#/definitions/count", description: "Snapshots that one run may prune per sync. Default: no limit." }, "min-free": { $ref: "#/definitions/size", description: "Space that has to be free at a destination. Default: no limit." }, "max-age": { $ref: "#/definitions/max-age", description: 'A sync is overdue when its last success is older; "never" asks for nothing. Without it `nbkp status` alone takes 30d.' }, parallel: { type: "integer", minimum: 1, maximum: 64, "x-expected": "a whole number from 1 to 64", description: "Syncs that may run at once." }, "on-battery": { $ref: "#/definitions/condition", description: "What runs while this machine is on battery." }, metered: { $ref: "#/definitions/condition", description: "What of the syncs with servers runs while the network is metered, as NetworkManager says." } } }, schema75 = { type: "string", enum: ["run", "high-priority", "skip"], description: '"run": everything (the default); "high-priority": syncs with priority = "high"; "skip": nothing.' };
function validate48(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (let key0 in data)
      if (!(key0 === "max-delete" || key0 === "max-prune" || key0 === "min-free" || key0 === "max-age" || key0 === "parallel" || key0 === "on-battery" || key0 === "metered")) {
        let err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema71, data };
        vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
      }
    if (data["max-delete"] !== void 0 && (validate42(data["max-delete"], { instancePath: instancePath + "/max-delete", parentData: data, parentDataProperty: "max-delete", rootData }) || (vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors), errors = vErrors.length)), data["max-prune"] !== void 0) {
      let data1 = data["max-prune"];
      if (!(typeof data1 == "number" && !(data1 % 1) && !isNaN(data1) && isFinite(data1))) {
        let err1 = { instancePath: instancePath + "/max-prune", schemaPath: "#/definitions/count/type", keyword: "type", params: { type: "integer" }, schema: schema33.type, parentSchema: schema33, data: data1 };
        vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 > 1e6 || isNaN(data1)) {
          let err2 = { instancePath: instancePath + "/max-prune", schemaPath: "#/definitions/count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, schema: 1e6, parentSchema: schema33, data: data1 };
          vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
        }
        if (data1 < 0 || isNaN(data1)) {
          let err3 = { instancePath: instancePath + "/max-prune", schemaPath: "#/definitions/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema33, data: data1 };
          vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
        }
      }
    }
    if (data["min-free"] !== void 0) {
      let data2 = data["min-free"];
      if (typeof data2 == "string") {
        if (!pattern11.test(data2)) {
          let err4 = { instancePath: instancePath + "/min-free", schemaPath: "#/definitions/size/pattern", keyword: "pattern", params: { pattern: "^[0-9]{1,9}(\\.[0-9]{1,3})?(B|[kKMGT]B|[KMGT]iB)$" }, schema: "^[0-9]{1,9}(\\.[0-9]{1,3})?(B|[kKMGT]B|[KMGT]iB)$", parentSchema: schema66, data: data2 };
          vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
        }
      } else {
        let err5 = { instancePath: instancePath + "/min-free", schemaPath: "#/definitions/size/type", keyword: "type", params: { type: "string" }, schema: schema66.type, parentSchema: schema66, data: data2 };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
    }
    if (data["max-age"] !== void 0) {
      let data3 = data["max-age"];
      if (typeof data3 == "string") {
        if (!pattern9.test(data3)) {
          let err6 = { instancePath: instancePath + "/max-age", schemaPath: "#/definitions/max-age/pattern", keyword: "pattern", params: { pattern: "^(never|[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw]))$" }, schema: "^(never|[1-9]([0-9]{0,8}[sm]|[0-9]{0,5}[hdw]))$", parentSchema: schema56, data: data3 };
          vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
        }
      } else {
        let err7 = { instancePath: instancePath + "/max-age", schemaPath: "#/definitions/max-age/type", keyword: "type", params: { type: "string" }, schema: schema56.type, parentSchema: schema56, data: data3 };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
    }
    if (data.parallel !== void 0) {
      let data4 = data.parallel;
      if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
        let err8 = { instancePath: instancePath + "/parallel", schemaPath: "#/properties/parallel/type", keyword: "type", params: { type: "integer" }, schema: schema71.properties.parallel.type, parentSchema: schema71.properties.parallel, data: data4 };
        vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
      }
      if (typeof data4 == "number" && isFinite(data4)) {
        if (data4 > 64 || isNaN(data4)) {
          let err9 = { instancePath: instancePath + "/parallel", schemaPath: "#/properties/parallel/maximum", keyword: "maximum", params: { comparison: "<=", limit: 64 }, schema: 64, parentSchema: schema71.properties.parallel, data: data4 };
          vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
        }
        if (data4 < 1 || isNaN(data4)) {
          let err10 = { instancePath: instancePath + "/parallel", schemaPath: "#/properties/parallel/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema71.properties.parallel, data: data4 };
          vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
        }
      }
    }
    if (data["on-battery"] !== void 0) {
      let data5 = data["on-battery"];
      if (typeof data5 != "string") {
        let err11 = { instancePath: instancePath + "/on-battery", schemaPath: "#/definitions/condition/type", keyword: "type", params: { type: "string" }, schema: schema75.type, parentSchema: schema75, data: data5 };
        vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
      }
      if (!(data5 === "run" || data5 === "high-priority" || data5 === "skip")) {
        let err12 = { instancePath: instancePath + "/on-battery", schemaPath: "#/definitions/condition/enum", keyword: "enum", params: { allowedValues: schema75.enum }, schema: schema75.enum, parentSchema: schema75, data: data5 };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
    }
    if (data.metered !== void 0) {
      let data6 = data.metered;
      if (typeof data6 != "string") {
        let err13 = { instancePath: instancePath + "/metered", schemaPath: "#/definitions/condition/type", keyword: "type", params: { type: "string" }, schema: schema75.type, parentSchema: schema75, data: data6 };
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
      if (!(data6 === "run" || data6 === "high-priority" || data6 === "skip")) {
        let err14 = { instancePath: instancePath + "/metered", schemaPath: "#/definitions/condition/enum", keyword: "enum", params: { allowedValues: schema75.enum }, schema: schema75.enum, parentSchema: schema75, data: data6 };
        vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
      }
    }
  } else {
    let err15 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema71.type, parentSchema: schema71, data };
    vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
  }
  return validate48.errors = vErrors, errors === 0;
}
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.version === void 0) {
      let err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "version" }, schema: schema11.required, parentSchema: schema11, data };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    for (let key0 in data)
      if (!(key0 === "version" || key0 === "ssh" || key0 === "volumes" || key0 === "syncs" || key0 === "credentials" || key0 === "policy")) {
        let err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema11, data };
        vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
      }
    if (data.version !== void 0) {
      let data0 = data.version;
      if (data0 !== 1) {
        let err2 = { instancePath: instancePath + "/version", schemaPath: "#/properties/version/const", keyword: "const", params: { allowedValue: 1 }, schema: 1, parentSchema: schema11.properties.version, data: data0 };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
    }
    if (data.ssh !== void 0) {
      let data1 = data.ssh;
      if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
        for (let key1 in data1) {
          let _errs5 = errors;
          if (typeof key1 == "string") {
            if (func2(key1) > 50) {
              let err3 = { instancePath: instancePath + "/ssh", schemaPath: "#/definitions/name/maxLength", keyword: "maxLength", params: { limit: 50 }, schema: 50, parentSchema: schema12, data: key1, propertyName: key1 };
              vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
            }
            if (!pattern0.test(key1)) {
              let err4 = { instancePath: instancePath + "/ssh", schemaPath: "#/definitions/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" }, schema: "^[a-z0-9]+(-[a-z0-9]+)*$", parentSchema: schema12, data: key1, propertyName: key1 };
              vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
            }
          } else {
            let err5 = { instancePath: instancePath + "/ssh", schemaPath: "#/definitions/name/type", keyword: "type", params: { type: "string" }, schema: schema12.type, parentSchema: schema12, data: key1, propertyName: key1 };
            vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
          }
          var valid1 = _errs5 === errors;
          if (!valid1) {
            let err6 = { instancePath: instancePath + "/ssh", schemaPath: "#/properties/ssh/propertyNames", keyword: "propertyNames", params: { propertyName: key1 }, schema: schema11.properties.ssh.propertyNames, parentSchema: schema11.properties.ssh, data: data1 };
            vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
          }
        }
        for (let key2 in data1)
          validate11(data1[key2], { instancePath: instancePath + "/ssh/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data1, parentDataProperty: key2, rootData }) || (vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors), errors = vErrors.length);
      } else {
        let err7 = { instancePath: instancePath + "/ssh", schemaPath: "#/properties/ssh/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.ssh.type, parentSchema: schema11.properties.ssh, data: data1 };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
    }
    if (data.volumes !== void 0) {
      let data3 = data.volumes;
      if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
        for (let key3 in data3) {
          let _errs12 = errors;
          if (typeof key3 == "string") {
            if (func2(key3) > 50) {
              let err8 = { instancePath: instancePath + "/volumes", schemaPath: "#/definitions/name/maxLength", keyword: "maxLength", params: { limit: 50 }, schema: 50, parentSchema: schema12, data: key3, propertyName: key3 };
              vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
            }
            if (!pattern0.test(key3)) {
              let err9 = { instancePath: instancePath + "/volumes", schemaPath: "#/definitions/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" }, schema: "^[a-z0-9]+(-[a-z0-9]+)*$", parentSchema: schema12, data: key3, propertyName: key3 };
              vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
            }
          } else {
            let err10 = { instancePath: instancePath + "/volumes", schemaPath: "#/definitions/name/type", keyword: "type", params: { type: "string" }, schema: schema12.type, parentSchema: schema12, data: key3, propertyName: key3 };
            vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
          }
          var valid4 = _errs12 === errors;
          if (!valid4) {
            let err11 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/propertyNames", keyword: "propertyNames", params: { propertyName: key3 }, schema: schema11.properties.volumes.propertyNames, parentSchema: schema11.properties.volumes, data: data3 };
            vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
          }
        }
        for (let key4 in data3)
          validate15(data3[key4], { instancePath: instancePath + "/volumes/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data3, parentDataProperty: key4, rootData }) || (vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors), errors = vErrors.length);
      } else {
        let err12 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.volumes.type, parentSchema: schema11.properties.volumes, data: data3 };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
    }
    if (data.syncs !== void 0) {
      let data5 = data.syncs;
      if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
        for (let key5 in data5) {
          let _errs19 = errors;
          if (typeof key5 == "string") {
            if (func2(key5) > 50) {
              let err13 = { instancePath: instancePath + "/syncs", schemaPath: "#/definitions/name/maxLength", keyword: "maxLength", params: { limit: 50 }, schema: 50, parentSchema: schema12, data: key5, propertyName: key5 };
              vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
            }
            if (!pattern0.test(key5)) {
              let err14 = { instancePath: instancePath + "/syncs", schemaPath: "#/definitions/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" }, schema: "^[a-z0-9]+(-[a-z0-9]+)*$", parentSchema: schema12, data: key5, propertyName: key5 };
              vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
            }
          } else {
            let err15 = { instancePath: instancePath + "/syncs", schemaPath: "#/definitions/name/type", keyword: "type", params: { type: "string" }, schema: schema12.type, parentSchema: schema12, data: key5, propertyName: key5 };
            vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
          }
          var valid7 = _errs19 === errors;
          if (!valid7) {
            let err16 = { instancePath: instancePath + "/syncs", schemaPath: "#/properties/syncs/propertyNames", keyword: "propertyNames", params: { propertyName: key5 }, schema: schema11.properties.syncs.propertyNames, parentSchema: schema11.properties.syncs, data: data5 };
            vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
          }
        }
        for (let key6 in data5)
          validate26(data5[key6], { instancePath: instancePath + "/syncs/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data5, parentDataProperty: key6, rootData }) || (vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors), errors = vErrors.length);
      } else {
        let err17 = { instancePath: instancePath + "/syncs", schemaPath: "#/properties/syncs/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.syncs.type, parentSchema: schema11.properties.syncs, data: data5 };
        vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
      }
    }
    data.credentials !== void 0 && (validate46(data.credentials, { instancePath: instancePath + "/credentials", parentData: data, parentDataProperty: "credentials", rootData }) || (vErrors = vErrors === null ? validate46.errors : vErrors.concat(validate46.errors), errors = vErrors.length)), data.policy !== void 0 && (validate48(data.policy, { instancePath: instancePath + "/policy", parentData: data, parentDataProperty: "policy", rootData }) || (vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors), errors = vErrors.length));
  } else {
    let err18 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema11.type, parentSchema: schema11, data };
    vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
  }
  return validate10.errors = vErrors, errors === 0;
}
export {
  stdin_default as default,
  validate
};

import type { DemoServer } from './server.ts';

/** The spec of the demo. */
export function demoSpec(root: string, server: DemoServer | null = null): string {
  return `version = 1

[volumes.laptop]
path = ${text(`${root}/home`)}

[volumes.red]
path = ${text(`${root}/drives/red`)}
snapshots.mode = "hard-link"
snapshots.keep.last = 2

[volumes.blue]
path = ${text(`${root}/drives/blue`)}

[syncs.documents]
source = "laptop:Documents"
destination = "red:documents"

[syncs.pictures]
source = "laptop:Pictures"
destination = "blue:pictures"

[syncs.documents-again]             # a chain: copies the snapshot that documents made
source = "red:documents"
destination = "blue:documents"
${server === null ? '' : serverSpec(server)}`;
}

function serverSpec({ key, knownHosts, proxyCommand, disk }: DemoServer): string {
  return `
[ssh.server]
host = "127.0.0.1"
key = ${text(key)}
known-hosts-file = ${text(knownHosts)}
options = { HostKeyAlias = "nbkp-demo", ProxyCommand = ${text(proxyCommand)} }

[volumes.server]
ssh = "server"
path = ${text(disk)}
snapshots.mode = "hard-link"
snapshots.keep.last = 2

[syncs.pictures-away]
source = "laptop:Pictures"
destination = "server:pictures"
`;
}

/** A basic string of TOML, whose escapes JSON shares, but for the one of DEL. */
function text(value: string): string {
  return JSON.stringify(value).replaceAll('\u007f', String.raw`\u007f`);
}

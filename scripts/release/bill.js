import { createHash } from 'node:crypto';
import { NODE_VERSION } from '../package/node.js';

/**
 * What is in nbkp as a software bill of materials, CycloneDX 1.6. The libraries are those whose code esbuild has put into the
 * program: all of them are development dependencies, so that nothing else knows.
 *
 * @param {{build: string, libraries: {name: string, version: string, license: string}[]}} made dist/build.json
 * @param {string} version of nbkp
 * @param {number} epoch seconds since 1970
 */
export function bill({ build, libraries }, version, epoch) {
  const digest = createHash('sha256').update(`${version} ${build}`).digest('hex');
  const node = { name: 'node', version: NODE_VERSION, license: 'MIT' };
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(digest)}`,
    version: 1,
    metadata: {
      timestamp: new Date(epoch * 1000).toISOString(),
      component: component({ name: 'nbkp', version, license: 'Apache-2.0' }, 'application'),
    },
    // Node is in the one file and the packages of Debian alone.
    components: [...libraries.map((library) => component(library, 'library')), component(node, 'platform')],
  };
}

function component({ name, version, license }, type) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const reference = type === 'platform' ? `pkg:generic/node@${version}` : purl;
  return { type, 'bom-ref': reference, name, version, purl: reference, licenses: [{ expression: license }] };
}

/** The same for the same digest, in the form of a random UUID (RFC 9562, version 8). */
function uuidOf(digest) {
  const parts = [digest.slice(0, 8), digest.slice(8, 12), `8${digest.slice(13, 16)}`, `8${digest.slice(17, 20)}`];
  return [...parts, digest.slice(20, 32)].join('-');
}

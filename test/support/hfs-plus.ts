const BLOCK = 4096;
/** Blocks of the file that says which blocks are taken, and of the two trees. */
const [BITMAP, EXTENTS, CATALOG] = [1, 8, 256];
/** Seconds from 1904, where the time of HFS+ begins, to 2026. */
const CREATED = 3_850_000_000;

/**
 * An empty volume of HFS+, as Apple's Technical Note TN1150 describes it: Debian has no program that makes one.
 *
 * @param blocks of 4 KiB; its size
 * @param label of ASCII
 */
export function hfsPlusImage(blocks: number, label: string): Buffer {
  const image = Buffer.alloc(blocks * BLOCK);
  const [bitmap, extents, catalog] = [1, 1 + BITMAP, 1 + BITMAP + EXTENTS];
  const taken = catalog + CATALOG;
  // The last block has the second header.
  for (const block of [...Array.from({ length: taken }, (_, index) => index), blocks - 1]) {
    const at = bitmap * BLOCK + (block >> 3);
    image.writeUInt8(image.readUInt8(at) | (0x80 >> (block & 7)), at);
  }
  image.set(treeHeader({ nodes: EXTENTS, longestKey: 10, attributes: 2, records: 0 }), extents * BLOCK);
  image.set(treeHeader({ nodes: CATALOG, longestKey: 516, attributes: 6, records: 2 }), catalog * BLOCK);
  image.set(rootNode(label), (catalog + 1) * BLOCK);
  const header = packed([
    ...[u16(0x482b), u16(4), u32(1 << 8), Buffer.from('10.0'), u32(0)],
    ...[u32(CREATED), u32(CREATED), u32(0), u32(CREATED), u32(0), u32(0)],
    ...[u32(BLOCK), u32(blocks), u32(blocks - taken - 1), u32(taken), u32(65_536), u32(65_536), u32(16), u32(0)],
    // Which encodings names have; what Finder keeps, which ends with what the volume's UUID is made of.
    ...[u32(0), u32(1), Buffer.alloc(24), u32(0x6e626b70), u32(blocks)],
    ...[fork(bitmap, BITMAP), fork(extents, EXTENTS), fork(catalog, CATALOG), Buffer.alloc(160)],
  ]);
  image.set(header, 1024);
  image.set(header, image.length - 1024);
  return image;
}

interface Tree {
  nodes: number;
  longestKey: number;
  attributes: number;
  records: number;
}

/** The first node of a tree that has one leaf, or none. */
function treeHeader({ nodes, longestKey, attributes, records }: Tree): Buffer {
  const leaf = records === 0 ? 0 : 1;
  const used = 1 + leaf;
  const header = packed([
    ...[u32(0), u32(0), u8(1), u8(0), u16(3), u16(0)],
    ...[u16(leaf), u32(leaf), u32(records), u32(leaf), u32(leaf), u16(BLOCK), u16(longestKey)],
    ...[u32(nodes), u32(nodes - used), u16(0), u32(nodes * BLOCK), u8(0), u8(0xcf), u32(attributes), Buffer.alloc(64)],
    // Reserved; then which nodes are taken.
    ...[Buffer.alloc(128), u8(used === 2 ? 0xc0 : 0x80)],
  ]);
  return node(header, [14, 120, 248, BLOCK - 8]);
}

/** The leaf with the root folder, and the record by which it is found. */
function rootNode(label: string): Buffer {
  const name = packed([u16(label.length), Buffer.from(label, 'utf16le').swap16()]);
  const folder = packed([
    ...[u16(4 + name.length), u32(1), name, u16(1), u16(0), u32(0), u32(2)],
    ...[u32(CREATED), u32(CREATED), u32(CREATED), u32(CREATED), u32(0)],
    ...[u32(0), u32(0), u8(0), u8(0), u16(0o40755), u32(0), Buffer.alloc(32), u32(0), u32(0)],
  ]);
  const thread = packed([u16(6), u32(2), u16(0), u16(3), u16(0), u32(1), name]);
  const content = packed([u32(0), u32(0), u8(0xff), u8(1), u16(2), u16(0), folder, thread]);
  return node(content, [14, 14 + folder.length, content.length]);
}

/** Where its records begin, and the free room, is written from its end backwards. */
function node(content: Buffer, offsets: readonly number[]): Buffer {
  const whole = Buffer.alloc(BLOCK);
  whole.set(content);
  offsets.forEach((offset, index) => whole.writeUInt16BE(offset, BLOCK - 2 * (index + 1)));
  return whole;
}

/** Where a file is: in one piece. */
function fork(first: number, blocks: number): Buffer {
  return packed([
    u32(0),
    u32(blocks * BLOCK),
    u32(blocks * BLOCK),
    u32(blocks),
    u32(first),
    u32(blocks),
    Buffer.alloc(56),
  ]);
}

function packed(parts: readonly Buffer[]): Buffer {
  return Buffer.concat(parts);
}

function u8(value: number): Buffer {
  return Buffer.from([value]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

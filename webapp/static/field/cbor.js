/* Reads the little CBOR that passes use: whole numbers, bytes, texts, arrays, maps, null, tags. */

const LONGEST = 64;
const TEXT = new TextDecoder("utf-8", { fatal: true });

export class Unreadable extends Error {}

/** Return the one value in these bytes; a tagged one as { tag, value }. Throws Unreadable. */
export function decode(bytes) {
  const reader = { bytes, at: 0 };
  const value = read(reader, 0);
  if (reader.at !== bytes.length) throw new Unreadable("bytes are left over");
  return value;
}

function read(reader, depth) {
  if (depth > LONGEST) throw new Unreadable("too deep");
  const first = take(reader, 1)[0];
  const kind = first >> 5;
  if (kind === 7) {
    if (first === 0xf6) return null;
    throw new Unreadable("not a value of a pass");
  }
  const count = length(reader, first & 31);
  if (kind === 0) return count;
  if (kind === 1) return -1 - count;
  if (kind === 2) return take(reader, count);
  if (kind === 3) return text(take(reader, count));
  if (kind === 4) return Array.from({ length: within(reader, count) }, () => read(reader, depth + 1));
  if (kind === 5) {
    const map = new Map();
    for (let n = within(reader, count); n > 0; n -= 1) {
      const key = read(reader, depth + 1);
      if (map.has(key)) throw new Unreadable("a key twice");
      map.set(key, read(reader, depth + 1));
    }
    return map;
  }
  return { tag: count, value: read(reader, depth + 1) };
}

function text(bytes) {
  try {
    return TEXT.decode(bytes);
  } catch {
    throw new Unreadable("not a text");
  }
}

function within(reader, count) {
  // No array is longer than the bytes that are left: a short code cannot ask for much memory.
  if (count > reader.bytes.length - reader.at) throw new Unreadable("cut off");
  return count;
}

function length(reader, short) {
  if (short < 24) return short;
  const size = { 24: 1, 25: 2, 26: 4, 27: 8 }[short];
  if (!size) throw new Unreadable("of no fixed length");
  const value = take(reader, size).reduce((sum, byte) => sum * 256 + byte, 0);
  if (!Number.isSafeInteger(value)) throw new Unreadable("too large");
  return value;
}

function take(reader, count) {
  if (reader.at + count > reader.bytes.length) throw new Unreadable("cut off");
  reader.at += count;
  return reader.bytes.slice(reader.at - count, reader.at);
}

/** Return the head of a byte string of this length, in its one shortest form. */
export function bytesHead(count) {
  if (count < 24) return [0x40 + count];
  if (count < 256) return [0x58, count];
  return [0x59, count >> 8, count & 255];
}

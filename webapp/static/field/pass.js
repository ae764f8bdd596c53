/* Checks a pass without a network: the same answers as `dajian pass verify`. */

import { bytesHead, decode, Unreadable } from "./cbor.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LONGEST_TOKEN = 4000;
const SIGNATURE = 64;
const CHINA_MS = 8 * 3600 * 1000;
const SHAPE = /^(?:(HTTPS?:\/\/[A-Z0-9.-]+(?::\d+)?)\/V\/)?([A-Z2-7]+)$/;
const ENCODE = new TextEncoder();

/** Read keys.json into a Map from key id to its public key and time of use. */
export function readKeys(document) {
  return new Map(
    document.keys.map((key) => [
      key.kid,
      {
        bytes: fromBase64(key.public_key),
        from: Date.parse(key.not_before),
        until: key.retired_on ? Date.parse(key.retired_on) : Infinity,
      },
    ]),
  );
}

/** Read revocations.bin; throws where its signature does not hold. */
export function readRevocations(bytes, keys, nacl) {
  const envelope = open(bytes);
  const key = keys.get(envelope.keyId);
  if (!key || !holds(envelope, key, "dajian revocations 1", nacl)) throw new Unreadable("list");
  const packed = decode(envelope.payload);
  const asOf = packed.get(1) * 1000;
  if (!inUse(key, asOf)) throw new Unreadable("list");
  return { asOf, revoked: packed.get(2) };
}

/** Check a token at an instant (milliseconds): { outcome, claims, keyId, withinHours }. */
export async function verify(token, keys, revocations, at, nacl) {
  let site, envelope;
  try {
    ({ site, envelope } = await take(token));
  } catch (wrong) {
    if (wrong instanceof Unreadable) return { outcome: "unreadable" };
    throw wrong;
  }
  const key = keys.get(envelope.keyId);
  if (!key) return { outcome: "unknown_key", keyId: envelope.keyId };
  if (!holds(envelope, key, "dajian pass 1", nacl)) {
    return { outcome: "forged", keyId: envelope.keyId };
  }
  let claims, signedSite;
  try {
    const [digest, packed] = decode(envelope.payload);
    signedSite = digest;
    claims = claimsOf(decode(packed));
  } catch {
    return { outcome: "unreadable", keyId: envelope.keyId };
  }
  if (site && !same(signedSite, (await sha256(ENCODE.encode(site))).slice(0, 4))) {
    return { outcome: "forged", keyId: envelope.keyId };
  }
  if (!inUse(key, claims.issuedAt)) return { outcome: "unknown_key", keyId: envelope.keyId };
  return {
    outcome: outcomeOf(claims, revocations, at),
    claims,
    keyId: envelope.keyId,
    withinHours: withinHours(claims, at),
  };
}

function outcomeOf(claims, revocations, at) {
  const gone = (revocations?.revoked ?? []).some(
    ([number, through]) => number === claims.number && claims.revision <= through,
  );
  if (gone) return "revoked";
  if (at < claims.validFrom) return "not_yet";
  return at > claims.validUntil ? "expired" : "valid";
}

function withinHours(claims, at) {
  if (!claims.windows.length) return null;
  const day = new Date(at + CHINA_MS);
  const minute = day.getUTCHours() * 60 + day.getUTCMinutes();
  return claims.windows.some(([starts, ends]) =>
    starts < ends ? starts <= minute && minute < ends : minute >= starts || minute < ends,
  );
}

/** Tell whether a road is on the route: true, false, or null where the list does not say. */
export function onRoute(claims, road) {
  const asked = numbers(road);
  if (!asked.length) return null;
  if (claims.roads.some((one) => numbers(one.road).some((name) => asked.includes(name)))) {
    return true;
  }
  return claims.roads.some((one) => !one.road) ? null : false;
}

function numbers(road) {
  return road.split(/[;,/、；，]/).map((part) => part.trim().toUpperCase()).filter(Boolean);
}

async function take(token) {
  const given = token.trim();
  if (given.length > LONGEST_TOKEN) throw new Unreadable("too long");
  const slash = given.lastIndexOf("/");
  let code = given.slice(slash + 1);
  if (code === code.toLowerCase()) code = code.toUpperCase();
  const found = SHAPE.exec(given.slice(0, slash + 1).toUpperCase() + code);
  if (!found) throw new Unreadable("no code");
  const raw = fromBase32(found[2]);
  const envelope = open(raw);
  envelope.spelled = toBase32(raw) === found[2];
  return { site: found[1] ?? "", envelope };
}

/* An envelope has exactly one form: tag 18, protected header, empty map, payload, signature. */
function open(raw) {
  const outer = decode(raw);
  const parts = outer?.tag === 18 ? outer.value : null;
  if (!Array.isArray(parts) || parts.length !== 4) throw new Unreadable("no envelope");
  const [protectedBytes, , payload, signature] = parts;
  const bytes = [protectedBytes, payload, signature].every((one) => one instanceof Uint8Array);
  const header = bytes ? decode(protectedBytes) : null;
  const keyId = header instanceof Map ? header.get(4) : null;
  if (!(keyId instanceof Uint8Array) || keyId.length !== 8) throw new Unreadable("no envelope");
  return { keyId: hex(keyId), kid: keyId, payload, raw, spelled: true };
}

function holds(envelope, key, purpose, nacl) {
  const header = Uint8Array.from([0xa2, 0x01, 0x27, 0x04, 0x48, ...envelope.kid]);
  const signature = envelope.raw.slice(-SIGNATURE);
  const onlyForm = [
    ...[0xd2, 0x84],
    ...bstr(header),
    0xa0,
    ...bstr(envelope.payload),
    ...bstr(signature),
  ];
  if (!envelope.spelled || !same(onlyForm, envelope.raw)) return false;
  const label = ENCODE.encode("Signature1");
  const signed = Uint8Array.from([
    ...[0x84, 0x60 + label.length],
    ...label,
    ...bstr(header),
    ...bstr(ENCODE.encode(purpose)),
    ...bstr(envelope.payload),
  ]);
  return nacl.sign.detached.verify(signed, signature, key.bytes);
}

function claimsOf(packed) {
  if (packed.get(0) !== 1) throw new Unreadable("another format");
  const [heightM, widthM, lengthM] = packed.get(5).map((one) => one / 1000);
  const [grossMassT, largestAxleT] = packed.get(6).map((one) => one / 1000);
  const minutes = packed.get(8) ?? [];
  return {
    number: packed.get(1),
    revision: packed.get(2),
    tractorPlate: packed.get(3),
    trailerPlate: packed.get(4) ?? "",
    measures: { heightM, widthM, lengthM, grossMassT, largestAxleT },
    validFrom: packed.get(7)[0] * 1000,
    validUntil: packed.get(7)[1] * 1000,
    windows: minutes.flatMap((one, n) => (n % 2 ? [] : [[one % 1440, minutes[n + 1] % 1440]])),
    roads: packed.get(9).map(([road, from, to]) => ({ road, fromKm: km(from), toKm: km(to) })),
    issuer: packed.get(13),
    issuedAt: packed.get(14) * 1000,
    topSpeed: packed.get(15) ?? null,
    bridgeSpeed: packed.get(16) ?? null,
  };
}

function km(tenths) {
  return tenths === undefined || tenths === null ? null : tenths / 10;
}

function inUse(key, at) {
  return key.from <= at && at < key.until;
}

function bstr(bytes) {
  return [...bytesHead(bytes.length), ...bytes];
}

function same(left, right) {
  return left.length === right.length && left.every((byte, n) => byte === right[n]);
}

function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function fromBase64(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

function fromBase32(text) {
  // 1, 3 or 6 letters behind the last whole eight never end a byte.
  if ([1, 3, 6].includes(text.length % 8)) throw new Unreadable("letters are missing");
  const bytes = [];
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    held = ((held << 5) | LETTERS.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  return Uint8Array.from(bytes);
}

function toBase32(bytes) {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += LETTERS[(held >> bits) & 31];
    }
  }
  return bits ? text + LETTERS[(held << (5 - bits)) & 31] : text;
}

// Proves, in the reader's own browser, that a row is in the log: from the entry to the root that was signed.
//
// The log's entries come as scripts beside this one (prooffiles.py writes them), since a page that was opened from a disk
// may load scripts and nothing else. Nothing is asked of any other place, and nothing they say is believed: every
// hash is computed here, and the signature checked where the browser can.
(() => {
  "use strict";
  const home = new URL("verify/", document.currentScript.src);
  const pending = new Map();

  window.tallyroomProofData = (name, value) => pending.get(name)?.(value);

  const load = (name) =>
    new Promise((found, failed) => {
      pending.set(name, found);
      const script = document.createElement("script");
      script.src = new URL(`${name}.js`, home);
      script.onerror = () => failed(new Error(`verify/${name}.js is missing`));
      document.head.append(script);
    });

  const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const base64 = (data) => btoa(String.fromCharCode(...data));
  const hex = (data) => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const text = (string) => new TextEncoder().encode(string);
  const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

  const sha256 = async (...parts) => {
    const whole = new Uint8Array(await new Blob(parts).arrayBuffer());
    return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
  };
  const leaf = (entry) => sha256(new Uint8Array([0]), entry);
  const node = (left, right) => sha256(new Uint8Array([1]), left, right);

  // The hashes beside the way from one of these up to the root above them all, and that root (RFC 6962, 2.1).
  const climb = async (hashes, index) => {
    const path = [];
    let level = hashes;
    for (let at = index; level.length > 1; at >>= 1) {
      if ((at ^ 1) < level.length) path.push(level[at ^ 1]);
      const above = [];
      for (let n = 0; n + 1 < level.length; n += 2) above.push(await node(level[n], level[n + 1]));
      if (level.length % 2) above.push(level[level.length - 1]);
      level = above;
    }
    return { path, root: level[0] };
  };

  // true or false; null where the browser knows no Ed25519.
  const isSigned = async (checkpoint, vkey) => {
    const end = checkpoint.lastIndexOf("\n\n");
    const [name, id, ...rest] = vkey.split("+");
    const key = bytes(rest.join("+")).slice(1);
    for (const line of checkpoint.slice(end + 2).split("\n")) {
      const [dash, who, encoded] = line.split(" ");
      if (dash !== "—" || who !== name) continue;
      const blob = bytes(encoded);
      if (hex(blob.slice(0, 4)) !== id) continue;
      let known;
      try {
        known = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
      } catch {
        return null;
      }
      return crypto.subtle.verify("Ed25519", known, blob.slice(4), text(checkpoint.slice(0, end + 1)));
    }
    return false;
  };

  // The row with this id: what was logged, where, under which checkpoint, and the proof to keep. Fails with a
  // sentence where anything does not fit. vkey: the log's verifier key, best from elsewhere than this site.
  window.tallyroomProve = async (id, vkey) => {
    const log = await load("log");
    const begin = hex(await sha256(text(id))).slice(0, log.digits) || "all";
    const rows = await load(`rows/${begin}`).catch(() => ({})); // no row begins so
    const index = Object.hasOwn(rows, id) ? rows[id] : undefined;
    if (index === undefined) throw new Error(`no row ${id} is in the log`);
    const tile = Math.floor(index / 256);
    const entries = await load(`entries/${tile}`);
    // Of an entry that was taken away only its hash is there: the root above shows whether that is the one.
    const hashed = entries.map((one) => (typeof one === "string" ? leaf(bytes(one)) : bytes(one.leaf)));
    const inTile = await climb(await Promise.all(hashed), index % 256);
    const roots = log.tiles.map(bytes);
    if (!same(roots[tile], inTile.root)) throw new Error(`the entries around ${index} are not those of the log`);
    const above = await climb(roots, tile);
    const [origin, size, root] = log.checkpoint.split("\n");
    if (base64(above.root) !== root) throw new Error("the entries make another root than the checkpoint says");
    if (typeof entries[index % 256] !== "string") throw new Error(`entry ${index} was taken away`);
    const entry = bytes(entries[index % 256]);
    const hashes = [...inTile.path, ...above.path].map((hash) => `${base64(hash)}\n`).join("");
    return {
      index,
      size: BigInt(size),
      root,
      origin,
      entry: JSON.parse(new TextDecoder().decode(entry)),
      signed: await isSigned(log.checkpoint, vkey || log.vkey),
      proof: `c2sp.org/tlog-proof@v1\nextra ${base64(entry)}\nindex ${index}\n${hashes}\n${log.checkpoint}`,
    };
  };
})();

// Python's files: from this browser's store, or fetched, held against their sha256, and kept for the next visit.
"use strict";
{
  const {python} = self.EDITION;
  const TYPES = {js: "text/javascript", wasm: "application/wasm", json: "application/json"};

  self.STORE = "Every Gradient Checked";
  self.pythonAddress = new URL(python.address, self.location.href).href;

  // Where the browser keeps nothing (plain http, some private windows) there is no store.
  const store = async () => {
    try {
      return await self.caches.open(`${self.STORE}: Python ${python.version}`);
    } catch {
      return null;
    }
  };

  const isRight = async (bytes, sha256) => {
    if (!self.crypto.subtle) return true; // plain http again; Pyodide holds its packages against their sha256 itself
    const digest = new Uint8Array(await self.crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest, byte => byte.toString(16).padStart(2, "0")).join("") === sha256;
  };

  self.isKept = async name => Boolean(await (await store())?.match(self.pythonAddress + name));

  // {response, kept}; heard(bytes) is told what arrives. An Error says what is wrong with a file that cannot be had;
  // after one, ask anew: the browser's own cache may hold what was wrong. Our service worker lets both ways through.
  self.pythonFile = async (name, heard = () => {}, anew = false) => {
    const [size, sha256] = python.files[name], address = self.pythonAddress + name, cache = await store();
    const found = await cache?.match(address);
    if (found) {
      heard(size);
      return {response: found, kept: true};
    }
    const bytes = new Uint8Array(size);
    let at = 0;
    try {
      const answer = await fetch(address, {cache: anew ? "reload" : "no-cache"});
      if (!answer.ok) throw new Error(`the answer was ${answer.status}`);
      const reader = answer.body.getReader();
      for (let {done, value} = await reader.read(); !done; {done, value} = await reader.read()) {
        if (at + value.length > size) throw new Error("it is longer than it should be");
        bytes.set(value, at);
        at += value.length;
        heard(value.length);
      }
      if (at < size) throw new Error("it ended too early");
    } catch (error) {
      const why = error instanceof TypeError ? "the connection failed" : error.message; // the browser says no more
      throw new Error(`${name} did not arrive: ${why}.`);
    }
    if (!await isRight(bytes, sha256)) throw new Error(`${name} arrived with other bytes than the official release has, and was thrown away.`);
    const response = new Response(bytes, {headers: {"Content-Type": TYPES[name.split(".").pop()] ?? "application/octet-stream"}});
    try {
      await cache?.put(address, response.clone());
      return {response, kept: Boolean(cache)};
    } catch { // the storage is full
      return {response, kept: false};
    }
  };
}

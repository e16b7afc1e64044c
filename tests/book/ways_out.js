// Ways out of a worker, each tried with each of HOSTS; posts what came of each, as words.
const tries = {}, note = (name, words) => { tries[name] = String(words); };
const sync = (name, way) => { try { const got = way(); note(name, got === undefined ? "not there" : "REACHED " + got); } catch (error) { note(name, "refused: " + error.message); } };
const later = (name, way) => {
  note(name, "silent");
  try {
    Promise.resolve(way()).then(got => note(name, got === undefined ? "not there" : "REACHED " + got), error => note(name, "refused: " + error));
  } catch (error) { note(name, "refused: " + error.message); }
};
const heard = (name, make, good, bad) => later(name, () => new Promise((yes, no) => { const it = make(); it[good] = () => yes(good); it[bad] = () => no(bad); }));
for (const host of HOSTS) {
  const url = way => `http://${host}/${way.replace(/ /g, "-")}`, of = name => name + " " + host;
  later(of("fetch"), () => fetch(url("fetch"), {mode: "no-cors"}));
  later(of("fetch of a prototype"), () => WorkerGlobalScope.prototype.fetch?.call(self, url("prototype")) ?? fetch.call(self, url("prototype")));
  later(of("fetch kept alive"), () => fetch(url("alive"), {method: "POST", keepalive: true, body: "x", mode: "no-cors"}));
  sync(of("XMLHttpRequest"), () => { const x = new XMLHttpRequest(); XMLHttpRequest.prototype.open.call(x, "GET", url("xhr"), false); x.send(); return x.status; });
  heard(of("XMLHttpRequest later"), () => { const x = new XMLHttpRequest(); x.open("POST", url("xhr2")); x.send("x"); return x; }, "onload", "onerror");
  heard(of("WebSocket"), () => new WebSocket(`ws://${host}/socket`), "onopen", "onerror");
  heard(of("EventSource"), () => new EventSource(url("events")), "onopen", "onerror");
  sync(of("importScripts"), () => { importScripts(url("scripts")); return "script"; });
  sync(of("importScripts of data"), () => { importScripts("data:text/javascript,0"); return "script"; });
  later(of("import"), () => import(url("import")));
  later(of("import of data"), () => import("data:text/javascript,export default 0"));
  heard(of("Worker"), () => new Worker(url("worker")), "onmessage", "onerror");
  heard(of("Worker of data"), () => new Worker("data:text/javascript,postMessage(0)"), "onmessage", "onerror");
  sync(of("SharedWorker"), () => self.SharedWorker && new SharedWorker(url("shared")));
  sync(of("sendBeacon"), () => navigator.sendBeacon?.(url("beacon"), "x"));
  sync(of("RTCPeerConnection"), () => self.RTCPeerConnection && new RTCPeerConnection({iceServers: [{urls: "stun:" + host}]}));
  later(of("WebTransport"), () => self.WebTransport && new WebTransport(url("transport").replace("http:", "https:")).ready);
  later(of("font"), () => self.FontFace && new FontFace("x", `url(${url("font")})`).load());
  later(of("caches"), () => caches.open("x").then(cache => cache.add(url("cache"))));
  later(of("indexedDB"), () => new Promise((yes, no) => { const it = indexedDB.open("x"); it.onsuccess = yes; it.onerror = no; }));
  later(of("compileStreaming"), () => WebAssembly.compileStreaming(fetch(url("wasm"))));
  later(of("service worker"), () => navigator.serviceWorker?.register(url("service")));
  sync(of("eval"), () => eval("1"));
  sync(of("Function"), () => Function("return 1")());
}
setTimeout(() => postMessage(JSON.stringify(tries)), 1500);

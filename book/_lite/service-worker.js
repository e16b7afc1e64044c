// Keeps Python and JupyterLite in the browser, so that a second visit loads little; then JupyterLite's own worker.
"use strict";
importScripts("edition.js", "python-files.js");
{
  const INTERFACE = `${STORE}: JupyterLite ${EDITION.interface}`;
  const here = new URL("./", self.location.href).href;
  // files whose name or address changes with their content
  const lasting = url => ["build/", "extensions/", "pypi/"].some(folder => url.startsWith(here + folder));

  const fromInterface = async request => {
    const cache = await caches.open(INTERFACE);
    const found = await cache.match(request);
    if (found) return found;
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone()).catch(() => {}); // full storage: then it is loaded again
    return answer;
  };

  // What earlier editions of the book kept.
  const tidy = async () => {
    const kept = [INTERFACE, `${STORE}: Python ${EDITION.python.version}`];
    for (const name of await caches.keys()) if (name.startsWith(`${STORE}: `) && !kept.includes(name)) await caches.delete(name);
  };

  self.addEventListener("activate", event => event.waitUntil(tidy()));
  self.addEventListener("fetch", event => {
    const {request} = event, name = request.url.startsWith(pythonAddress) ? request.url.slice(pythonAddress.length) : "";
    if (request.method !== "GET" || ["no-cache", "reload"].includes(request.cache)) return; // python-files.js asks, in the page
    let answer;
    if (Object.hasOwn(EDITION.python.files, name)) answer = pythonFile(name).then(({response}) => response, () => Response.error());
    else if (lasting(request.url)) answer = fromInterface(request);
    else return;
    event.stopImmediatePropagation();
    event.respondWith(answer);
  });
}
importScripts("jupyterlite-service-worker.js");

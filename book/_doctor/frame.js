// A sandboxed document without an origin, whose policy lets nothing be asked for: the files come as messages from the page.
// The worker is made from a blob, so it is under the same policy; WebAssembly is compiled once and handed to every worker.
let worker, port, files, module, script;
const up = message => parent.postMessage(message, "*");
const start = async () => {
  module ??= await WebAssembly.compile(files["pyodide.asm.wasm"]);
  script ??= URL.createObjectURL(new Blob([files["worker.js"], "\n", files["pyodide.asm.js"], "\n", files["pyodide.js"]], {type: "text/javascript"}));
  const own = worker = new Worker(script);
  own.onerror = event => up({failed: event.message || "the worker could not be made"});
  const {"pyodide.asm.wasm": a, "pyodide.asm.js": b, "pyodide.js": c, "worker.js": d, ...rest} = files;
  const channel = new MessageChannel();  // the program cannot reach this port, and so cannot speak as the doctor
  port = channel.port1;
  port.onmessage = ({data}) => { if (worker === own) up(data); };
  own.postMessage({files: rest, module, port: channel.port2}, [channel.port2]);
};
onmessage = async ({data, source}) => {
  if (source !== parent) return;
  try {
    if (data.files) { files = data.files; await start(); }
    if (data.question) port.postMessage({question: data.question});
    if (data.anew) { worker?.terminate(); await start(); }  // the next Python starts while the reader corrects the program
  } catch (error) { up({failed: String(error.message || error)}); }
};
up({here: true});

// Where the program runs: Python in a worker that has no file but those it was handed, and 512 MB of memory.
{
  const LIMIT = 512 * 2 ** 20, grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * 65536 > LIMIT) throw new RangeError("more memory than this page gives");
    return grow.call(this, pages);
  };
  onmessage = async ({data: {files, module, port}}) => {
    onmessage = null;
    // kept before any program runs, which may exchange them
    const send = MessagePort.prototype.postMessage.bind(port), read = JSON.parse.bind(JSON), name = url => String(url.url || url).split("/").pop();
    const failed = error => send({failed: String(error?.message || error).slice(-1000)});
    self.fetch = async url => (files?.[name(url)] ? new Response(files[name(url)]) : new Response(null, {status: 404}));
    WebAssembly.instantiateStreaming = async (_, imports) => ({module, instance: await WebAssembly.instantiate(module, imports)});
    try {
      const python = await loadPyodide({indexURL: "http://files.invalid/", packages: [], stdin: () => { throw new Error("nobody answers here"); }});
      await python.loadPackage("numpy", {messageCallback() {}, errorCallback(text) { throw new Error(text); }});
      python.unpackArchive(files["doctor.zip"], "zip", {extractDir: "/doctor"});
      python.runPython("import sys; sys.path.insert(0, '/doctor'); import runner");
      files = null;
      const {run} = python.pyimport("runner"), memory = python._module;
      port.onmessage = ({data}) => {
        try { send({report: read(run(data.question)), memory: memory.HEAP8.length}); } catch (error) { failed(error); }
      };
      send({ready: true});
    } catch (error) { failed(error); }
  };
}

from test_run_in_browser import *
import time
def test_fifty(server, visitor):
    page = visitor(); start(page); frame = notebook(page); wait_for_python(page); run_all(page)
    t=time.time()
    run_cell(frame, "'x' * 50_000_000")
    worst=0
    out=None
    while time.time()-t<120:
        u=time.time(); out=frame.evaluate(f"() => {{ const m=({NOTEBOOK})().model.sharedModel.cells.at(-1).toJSON(); return JSON.stringify(m.outputs).slice(-300); }}"); worst=max(worst,time.time()-u)
        if "more" in out: break
        time.sleep(.3)
    print("shown after", time.time()-t, "worst", worst, out)
    page.screenshot(path="/tmp/s10/fifty.png")
    assert "characters more" in out

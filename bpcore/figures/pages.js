// A slider that turns prepared pictures. state: label, values, words, at, pages (addresses or base64)
import {make, slider, voice} from "./controls.js";

const address = page => /^[\w+/=]+$/.test(page) && page.length > 200 ? `data:image/png;base64,${page}` : page;

export default {
  render({model, el}) {
    const [values, words] = [model.get("values"), model.get("words")];
    const pages = model.get("pages").map(address);
    const picture = el.querySelector("img") ?? make("img", {alt: "", class: "x-still"});  // on a page of the site it is there already
    const speech = voice();
    const show = at => { picture.src = pages[at]; picture.alt = words[at]; };
    const turn = slider({
      label: model.get("label"), min: 0, max: values.length - 1, step: 1, value: model.get("at"), text: at => values[at],
      change: at => { show(at); speech.say(words[at]); model.set("at", at); model.save_changes(); },
    });
    const again = () => { turn.set(model.get("at")); show(model.get("at")); };
    const ahead = () => { for (const page of pages) new Image().src = page; };  // the others come when someone is about to turn
    turn.input.addEventListener("pointerenter", ahead, {once: true});
    turn.input.addEventListener("focus", ahead, {once: true});
    model.on("change:at", again);
    if (!picture.isConnected) show(model.get("at"));
    (el.querySelector(".x-controls") ?? el).append(turn.element, speech.element);
    if (!picture.isConnected) el.append(picture);
    return () => model.off("change:at", again);
  },
};

// Shows what the search finds below its field, in the dialog and on the page of results, while the reader types.
(() => {
  const wait = 350;  // milliseconds after the last key, so that a screen reader is told once
  const root = document.documentElement.dataset.content_root ?? "./";
  const search = bookRanking(bookSections);

  const element = (tag, attributes = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  };

  const where = ({about}) => [about.number, about.title].filter(Boolean).join(". ");
  // A title can stand over two pages, or be a play on words: its part of the book and its question tell what it is.
  const room = ({about}) => [about.place || "The start of the book", about.number && `chapter ${about.number}`].filter(Boolean).join(" · ");
  const address = ({about}, anchor) => `${root}${about.url}${anchor ? `#${anchor}` : ""}`;

  // The sentence with what was found in it marked.
  const marked = (text, found, typed) => {
    const native = typed.match(/\p{Script=Han}+/gu) ?? [];
    const parts = text.split(/(\p{Script=Han}+|[\p{L}\p{N}_]+)/u);
    return parts.map((part, place) => {
      if (place % 2 === 0) return part;
      const word = native.find(word => part.includes(word));
      if (word) {
        const [before, ...after] = part.split(word);
        return [before, element("mark", {}, word), after.join(word)];
      }
      const hit = !/\p{Script=Han}/u.test(part) && search.terms(part).some(term => found.has(term));
      return hit ? element("mark", {}, part) : part;
    }).flat();
  };

  // A long line, such as a row of a table, is cut at a word; what does not end as a sentence says so.
  const longest = 260;
  const cut = text => {
    const short = text.length > longest ? text.slice(0, longest).replace(/\s\S*$/, "") : text;
    return short === text && /[.?!。…”)]$/.test(text) ? text : `${short.replace(/[\s,;:·]+$/, "")} …`;
  };

  const item = (answer, typed) => element("li", {},
    element("a", {href: address(answer, answer.anchor)}, answer.heading),
    element("span", {className: "search-place"}, answer.kind === "page" ? room(answer) : `in ${where(answer)}`),
    answer.question ? element("p", {className: "search-question"}, answer.question) : "",
    answer.snippet ? element("p", {}, ...marked(cut(answer.snippet), answer.found, typed)) : "",
    answer.more.length
      ? element("ul", {className: "search-more", ariaLabel: `More in ${where(answer)}`},
        ...answer.more.map(other => element("li", {}, element("a", {href: address(answer, other.anchor)}, other.heading))))
      : "");

  const equip = form => {
    const field = form.querySelector("input"), dialog = form.closest("dialog");
    const most = dialog ? 6 : 30;
    const status = element("p", {className: "search-status", role: "status"});
    const list = element("ol", {className: "search-list", role: "list"});
    const box = element("div", {className: "search-answers"}, status, list);
    (dialog ? form : document.getElementById("search-results") ?? form).after(box);
    let timer, shown;

    const say = (typed, answers) => {
      const pages = answers.length === 1 ? "1 page" : `${answers.length} pages`;
      status.textContent = !typed ? ""
        : !answers.length ? `Nothing found for “${typed}”. Try another word, or fewer of them.`
        : answers.length > most ? `${pages} found, the best ${most} here${dialog ? "; Enter shows more" : ""}.`
        : `${pages} found, the best first.`;
    };
    const show = () => {
      const typed = field.value.trim();
      if (typed === shown) return;
      shown = typed;
      const answers = search(typed);
      list.replaceChildren(...answers.slice(0, most).map(answer => item(answer, typed)));
      clearTimeout(timer);
      timer = setTimeout(() => say(typed, answers), wait);
    };
    field.addEventListener("input", show);
    if (!dialog && document.activeElement === document.body) {
      field.focus();
      field.select();
    }
    show();

    // Arrow keys walk from the field through the results and back; Tab does so as well.
    const step = event => {
      const links = [...list.querySelectorAll(":scope > li > a")], place = links.indexOf(document.activeElement);
      const next = {ArrowDown: place + 1, ArrowUp: place - 1}[event.key];
      if (next === undefined || !links.length || (event.target !== field && place < 0)) return;
      event.preventDefault();
      (next < 0 ? field : links[Math.min(next, links.length - 1)]).focus();
    };
    for (const part of [field, list]) part.addEventListener("keydown", step);
    list.addEventListener("click", ({target}) => target.closest("a") && dialog?.close());  // it may lead to this very page
  };

  document.head.append(element("style", {}, bookSearchStyle));
  document.querySelectorAll("form.bd-search").forEach(equip);
})();

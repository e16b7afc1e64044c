// A formula in a line of text that is wider than its column scrolls on its own, so that the page never does;
// what scrolls sideways is a tab stop. Each is looked at when it comes near the window: reads and writes in turns, each for all at once.
// On a phone a displayed formula that lacks a little room is set a little smaller instead (book.css).
document.addEventListener("DOMContentLoaded", () => {
  const boxes = ".math-box, pre, .cell_output > .output, .pst-scrollable-table-container";
  const narrow = matchMedia("(max-width: 600px)"), SMALLER = 1.18;
  const size = new ResizeObserver(entries => {
    const found = entries.map(({target}) => target);
    for (const box of found) box.style.removeProperty("--tight");  // for another width it was another measure
    const wide = found.map(box => box.scrollWidth / box.clientWidth);
    found.forEach((box, place) => {
      if (narrow.matches && wide[place] > 1 && wide[place] < SMALLER && box.matches(".math-box")) box.style.setProperty("--tight", 0.99 / wide[place]);
    });
    const moves = found.map(box => box.scrollWidth > box.clientWidth);
    found.forEach((box, place) => {
      if (moves[place]) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  });
  const widths = new ResizeObserver(entries => {
    const formulas = entries.flatMap(({target}) => [...target.querySelectorAll(":scope span.math")]);
    const wide = formulas.map(formula =>
      formula.firstElementChild?.getBoundingClientRect().width > formula.closest("p, li, td, dd, div").clientWidth);
    formulas.forEach((formula, place) => {
      formula.classList.toggle("wide-math", wide[place]);
      if (wide[place]) formula.tabIndex = 0;
      else formula.removeAttribute("tabindex");
    });
  });
  const near = new IntersectionObserver(entries => {
    for (const {target, isIntersecting} of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      (target.matches(boxes) ? size : widths).observe(target);
    }
  }, {rootMargin: "1000px"});
  for (const box of document.querySelectorAll(boxes)) near.observe(box);
  for (const text of document.querySelectorAll(":is(p, li, td, dd):has(> span.math, > .with-sign)")) near.observe(text);
});

// On a phone each line of code is an element, so that a long one goes on further in than it began (book.css).
document.addEventListener("DOMContentLoaded", () => {
  const narrow = matchMedia("(max-width: 600px)");
  // No row ends within a word: a long run without a space may be broken behind its brackets, commas and dots,
  // and what holds a hyphen, such as 1e-15, and a short text, such as "slope-of-a", may not.
  const breakable = line => {
    const room = 36 - (parseInt(line.style.getPropertyValue("--begins")) || 0), run = new RegExp(`\\S{${Math.max(room, 8)},}`);
    const whole = /^[^\s-]*-[^\s]{1,22}$|^(["'])\S{1,22}\1$/, ends = /[([{,.=/_]$/;
    const long = run.test(line.textContent);
    for (const token of line.querySelectorAll("span")) {
      if (token.childElementCount) continue;
      if (whole.test(token.textContent)) token.classList.add("code-whole");
      else if (long && ends.test(token.textContent)) token.after(document.createElement("wbr"));
    }
  };
  const intoLines = () => {
    if (!narrow.matches) return;
    for (const code of document.querySelectorAll(".highlight-python pre, .cell_input pre")) {
      if (code.querySelector(".code-line")) continue;
      const lines = code.innerHTML.replace(/\n$/, "").split("\n");  // Pygments ends its elements with each line
      code.innerHTML = lines.map(line => {
        const [, indent, rest] = line.match(/^((?:<span><\/span>|<span class="w">)? *(?:<\/span>)?)(.*)$/), begins = indent.replace(/<[^>]*>/g, "").length;
        if (!begins) return `<span class="code-line">${line}\n</span>`;
        return `<span class="code-line" style="--begins: ${begins}ch"><span class="code-indent">${indent}</span>${rest}\n</span>`;
      }).join("");
      for (const line of code.children) breakable(line);
    }
  };
  narrow.addEventListener("change", intoLines);
  intoLines();
});

// The anchor in the address; one that is written wrongly, such as rate=%, is taken as it stands.
const anchored = () => {
  const anchor = location.hash.slice(1);
  try { return decodeURIComponent(anchor); } catch { return anchor; }
};

// An anchor that an earlier edition of this page had leads to where it is now.
document.addEventListener("DOMContentLoaded", () => {
  const table = document.getElementById("moved-anchors");
  if (!table) return;
  const {kept, instead} = JSON.parse(table.textContent);
  const follow = () => {
    const anchor = anchored();
    if (document.getElementById(anchor)) return;
    const page = Object.keys(kept).find(page => kept[page].includes(anchor));
    if (page) location.replace(`${page}#${anchor}`);
    else if (Object.hasOwn(instead, anchor)) location.replace(instead[anchor]);
  };
  window.addEventListener("hashchange", follow);
  follow();
});

// An anchor within a folded part opens it first; some browsers do so themselves.
{
  const arrive = () => {
    const place = document.getElementById(anchored());
    const folded = [];
    for (let part = place?.closest("details:not([open])"); part; part = part.parentElement.closest("details:not([open])")) folded.push(part);
    for (const part of folded) part.open = true;
    if (folded.length) place.scrollIntoView();
  };
  document.addEventListener("DOMContentLoaded", arrive);
  window.addEventListener("hashchange", arrive);
}

// Buttons of one kind have names of their own: which code, which solution.
window.addEventListener("load", () => {
  document.querySelectorAll(".copybtn").forEach((button, place) => button.setAttribute("aria-label", `Copy code ${place + 1}`));
  for (const button of document.querySelectorAll(".admonition-title > .toggle-button")) {
    const title = button.parentElement.textContent.replace(/\s+/g, " ").trim();
    button.setAttribute("aria-label", `Show or hide ${title}`);
  }
});

// The search comes when its field is first used: words, ranking and looks in one file, which works from a disk too.
{
  const address = `${document.documentElement.dataset.content_root ?? "./"}_static/search.js`;
  const load = form => {
    if (document.getElementById("book-search")) return;
    const script = Object.assign(document.createElement("script"), {id: "book-search", src: address});
    script.onload = () => form.parentElement.querySelector(".search-lost")?.remove();
    script.onerror = () => {
      script.remove();  // so that the next key tries again
      if (!form.parentElement.querySelector(".search-lost"))
        form.insertAdjacentHTML("afterend", '<p class="search-lost" role="alert">The search did not arrive. Type again to try again.</p>');
    };
    document.head.append(script);
  };
  for (const kind of ["focusin", "input"])
    document.addEventListener(kind, ({target}) => target.matches?.("form.bd-search input") && load(target.form));
}

// Once the page stands, what lies far from the window (book.css) is laid out too, a little at a time:
// a picture of the whole page has all of it, and the scroll bar stays where it is.
addEventListener("load", () => {
  const far = [...document.querySelectorAll("div.cell, .wild-cases")];
  const whenIdle = window.requestIdleCallback ?? (call => setTimeout(call, 50));
  const layOut = () => {
    for (const part of far.splice(0, 4)) part.style.contentVisibility = "visible";
    if (far.length) whenIdle(layOut);
  };
  whenIdle(layOut);
});

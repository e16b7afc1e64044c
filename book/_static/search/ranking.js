// Ranks the sections of the book for what a reader types: bookRanking(sections) is a function that takes it.
var bookRanking = ({pages, stopWords}) => {
  // What an entry is, and how much a word in each of its fields counts.
  const kinds = {page: 1.5, section: 1, statement: 1, term: 1.25, function: 0.75, exercise: 0.5};
  const fields = {heading: 5, title: 1.5, asked: 5, text: 1, code: 0.4};
  const asides = 0.75;  // a page that is no chapter
  const echoes = 0.4;  // a section with the heading of another page, such as a chapter's table on the page of checks
  const rare = 5;  // a word that stands in the book less often

  const questions = "an from so than instead what which who whose when where why how can could do does did has have i me my mine you your we our it's there should would may must am been".split(" ");
  const silent = new Set([...stopWords, ...questions]);
  silent.delete("not");
  silent.delete("near");
  const letters = Object.fromEntries(Object.entries({
    alpha: "α", beta: "β", gamma: "γ", delta: "δΔ", epsilon: "εϵ", eta: "η", theta: "θΘ", kappa: "κ", lambda: "λΛ", mu: "μ",
    pi: "π", rho: "ρ", sigma: "σΣ", tau: "τ", phi: "φϕΦ", omega: "ωΩ", nabla: "∇",
  }).flatMap(([name, signs]) => [...signs].map(sign => [sign, ` ${name} `])));
  // What readers type for words of the book.
  const alike = [
    [/\bnn\b/g, "neural network"], [/\bnets?\b/g, "network"], [/\blr\b/g, "learning rate"], [/\bsin\b/g, "sine"], [/\bcorrect(?:ly)?\b/g, "right"],
    [/\b(?:go(?:es|ing)? up|increase[sd]?|increasing|climb(?:s|ed|ing)?)\b/g, "rise"],
    [/\b(?:go(?:es|ing)? down|decrease[sd]?|decreasing)\b/g, "fall"],
  ];
  const stemmer = new Stemmer();
  const stems = new Map();

  // British and American spelling, and the forms of a word, become one.
  const stem = word => {
    if (!stems.has(word)) {
      const one = word
        .replace(/^(.{3,}[^aeiou]|.{2,}al)is(e|ed|es|er|ers|ing|ation|ations)$/, "$1iz$2")
        .replace(/^(.{2,})ys(e|ed|es|er|ing)$/, "$1yz$2")
        .replace(/^(.{3,})our(s|ed|ing|al|able|ful)?$/, "$1or$2")
        .replace(/^(cent|met|fib)re(s|d)?$/, "$1er$2")
        .replace(/^(label|model|cancel|signal|travel|channel|total)l(ed|ing|er)$/, "$1$2")
        .replace(/^(lear|bur)nt$/, "$1ned")
        .replace(/^programme$/, "program");
      stems.set(word, /^[a-z]+$/.test(one) ? stemmer.stemWord(one) : one);
    }
    return stems.get(word);
  };

  const terms = text => {
    const plain = text
      .replace(/[\u02b0-\u02ff\u1d2c-\u1d6a\u2070-\u209f²³¹]/g, " ")  // indices and powers
      .replace(/[\u0370-\u03ff∇]/g, sign => letters[sign] ?? sign)
      .replace(/\b\w*(?:[a-z]{2}[A-Z]|[A-Z]{2})[a-z]{2}\w*/g, name => `${name} ${name.replace(/([a-z])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$& ")}`)  // MLPClassifier
      .normalize("NFKC").toLowerCase().replace(/['’]s\b/g, "");
    const said = alike.reduce((words, [typed, word]) => words.replace(typed, word), plain);
    const found = [];
    for (const [word] of said.matchAll(/\p{Script=Han}+|[\p{L}\p{N}_]+/gu)) {
      if (/\p{Script=Han}/u.test(word)) {
        const signs = [...word.replace(/[^\p{Script=Han}]/gu, "")];
        if (signs.length === 1) found.push(signs[0]);
        for (let place = 1; place < signs.length; place++) found.push(signs[place - 1] + signs[place]);
        continue;
      }
      const parts = word.split("_").filter(part => part.length > 1 && !silent.has(part));
      if (word.includes("_") && parts.length > 1) found.push(word.replace(/^_+|_+$/g, ""));
      found.push(...parts.map(stem));
    }
    return found;
  };

  const titles = new Set(pages.map(page => page.title));
  const entries = pages.flatMap((page, place) => page.entries.map(([kind, anchor, heading, text, code]) => ({
    page: place, kind, anchor, text, code,
    heading: kind === "page" ? page.title : heading,
    title: kind === "page" ? "" : page.title,
    asked: kind === "page" ? page.asked : "",
    weight: kinds[kind] * (page.number || kind === "term" ? 1 : asides) * (kind === "section" && titles.has(heading) ? echoes : 1),
  })));
  entries.forEach((entry, id) => { entry.id = id; });

  const known = new Map();  // term of the book → how often it stands there
  const index = new MiniSearch({
    fields: Object.keys(fields),
    tokenize: terms,
    processTerm(term, field) {
      if (field) known.set(term, (known.get(term) ?? 0) + 1);
      return term;
    },
    searchOptions: {
      boost: fields,
      prefix: term => term.length > 3,
      fuzzy: term => term.length > 5 ? 0.15 : false,
      boostDocument: id => entries[id].weight,
    },
  });
  index.addAll(entries);

  // Two words written as one, such as "minibatch", where the book hardly has it so.
  const apart = query => query.replace(/[a-z]{8,}/gi, word => {
    if ((known.get(terms(word)[0]) ?? 0) >= rare) return word;
    for (let place = word.length - 4; place > 3; place--) {
      const halves = [word.slice(0, place), word.slice(place)];
      if (halves.every(half => known.get(stem(half.toLowerCase())) >= rare)) return `${word} ${halves.join(" ")}`;
    }
    return word;
  });

  // Which word of the query brought each of these terms of the book: itself, its beginning, or one letter beside it.
  const owners = (found, words) => new Map(found.map(term =>
    [term, words.find(word => word === term) ?? words.find(word => term.startsWith(word)) ?? words.find(word => word[0] === term[0]) ?? words[0]]));

  const heard = (line, owner) => new Set(terms(line).filter(term => owner.has(term)).map(term => owner.get(term))).size;

  // The line with most words of the query; of equal ones a whole sentence, and then the first.
  const best = (lines, owner) => lines.reduce((one, line) => {
    const share = heard(line, owner), rank = share && share + (/[.?!。]$/.test(line) ? 0.5 : 0);
    return rank > one.rank ? {line, share, rank} : one;
  }, {line: "", share: 0, rank: 0});

  // The pages that answer, best first, each with its best entry and others of it that are nearly as good.
  const search = typed => {
    const query = apart(typed), words = [...new Set(terms(query))];
    if (!words.length) return [];
    const hits = index.search(query).slice(0, 80).map(hit => {
      const entry = entries[hit.id], owner = owners(hit.terms, words);
      const sentence = best(entry.text.split("\n"), owner);
      const questions = entry.asked.match(/[^?.]+[?.]/g) ?? [], question = best(questions, owner);
      const whole = Math.max(heard(`${entry.heading} ${entry.title}`, owner), sentence.share, question.share) / words.length;
      const share = hit.queryTerms.length / words.length;
      const asks = question.share > sentence.share, snippet = asks ? question.line.trim() : sentence.line || entry.text.split("\n")[0];
      const answers = asks ? "" : (question.line || questions[0] || "").trim();  // the question of a page, where its snippet is none
      return {...entry, snippet, question: answers, found: new Set(hit.terms), score: hit.score * share ** 2 * (0.4 + 0.6 * whole)};
    }).sort((one, other) => other.score - one.score);
    const answers = new Map();
    for (const hit of hits) {
      const answer = answers.get(hit.page);
      if (!answer) answers.set(hit.page, {...hit, about: pages[hit.page], more: []});
      else if (answer.more.length < 3 && hit.score > answer.score / 3 && hit.kind !== "page") answer.more.push(hit);
    }
    return [...answers.values()];
  };
  return Object.assign(search, {terms});
};

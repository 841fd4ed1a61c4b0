/* Pagefind is loaded once the field is used. */
const [form, said, failed, found, item, more] = document.querySelectorAll("[data-search]");
let engine, timer, limit, turn = 0;

const load = () => (engine ??= import(form.dataset.search)
  .then((pagefind) => pagefind.options({ noWorker: true }).then(() => pagefind)));
/* What is typed, as words.py has what is indexed; and that, as it was written. */
const ask = (text) => text.slice(0, 200).replace(/œ/gi, "oe").replace(/æ/gi, "ae").replace(/(\d)\s(?=\d{3}(?!\d))/g, "$1")
  .replace(/(\p{L}\p{L})[·•]\p{L}+([·•]s)?/gu, "$1")
  .replace(/(^|[^\p{L}’'])([cdjlmnst]|qu)[’'](?=\p{L})/giu, "$1 ");
const show = (text) => text.replace(/`[^\s<]*/g, "").replace(/~ /g, "")
  .replace(/([oa])~e/gi, (_, vowel) => "œŒæÆ"["oOaA".indexOf(vowel)]).replace(/~/g, "\u202f")
  .replace(/<mark>(\p{L}\p{L}?)<\/mark>/gu, "$1");
const entry = ({ excerpt, meta, url }) => {
  const node = item.content.cloneNode(true);
  const [link, text, when] = node.querySelectorAll("a, span, .meta");
  link.href = url;
  link.textContent = show(meta.title);
  text.innerHTML = show(excerpt); // its only tag is <mark>
  when.textContent = show(meta.when ?? "");
  return node;
};
const run = async (most = 5) => {
  const own = ++turn;
  limit = most;
  const { q = "", ...filters } = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
  try {
    const pagefind = await load();
    const groups = await Promise.all([...found.children].map(async (part) => {
      const { kind } = part.dataset;
      const genre = [kind, filters.genre ?? kind];
      const { results } = await pagefind.search(ask(q), { filters: { ...filters, genre } });
      const data = await Promise.all(results.slice(0, limit).map((one) => one.data()));
      return { part, data, count: results.length, score: results[0]?.score ?? 0 };
    }));
    if (own !== turn) return;
    let total = 0;
    for (const { part, data, count } of groups.sort((a, b) => b.score - a.score)) {
      total += count;
      part.hidden = !count;
      part.querySelector("b").textContent = count;
      part.lastElementChild.replaceChildren(...data.map(entry));
      found.append(part);
    }
    said.textContent = q && `${total || "Aucun"} résultat${total > 1 ? "s" : ""}`;
    more.hidden = groups.every(({ count }) => count <= limit);
  } catch {
    failed.hidden = false;
  }
};

form.q.onfocus = load;
form.oninput = () => {
  clearTimeout(timer);
  timer = setTimeout(run, 250);
};
more.onclick = () => run(limit + 20);
document.onkeydown = (event) => {
  const stops = [form.q, ...found.querySelectorAll("a")];
  const at = stops.indexOf(event.target);
  const next = stops[at + { ArrowDown: 1, ArrowUp: -1, Escape: -at }[event.key]];
  if (at < 0 || !next || next === event.target || event.altKey || event.metaKey) return;
  event.preventDefault();
  next.focus();
};
const asked = new URLSearchParams(location.search);
for (const control of form) control.value = asked.get(control.name) ?? "";
form.hidden = false;
if (form.q.value) run();

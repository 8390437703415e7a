// Suggestions under the search box while typing. Without this script the box searches all the same.
for (const form of document.querySelectorAll("form[data-suggestions]")) {
  const field = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("aria-label", "Saran");
  form.append(list);
  let waiting = 0;
  let asked = "";

  const close = () => { list.hidden = true; };
  const row = (words, href, kind) => {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = words;
    link.className = kind;
    const item = document.createElement("li");
    item.append(link);
    return item;
  };
  const show = (found) => {
    const questions = found.questions.map((words) => row(words, `${form.action}?q=${encodeURIComponent(words)}`, "suggestions__words"));
    const items = found.items.map((each) => row(each.title, each.url, "suggestions__title"));
    list.replaceChildren(...questions, ...items);
    list.hidden = !list.children.length;
  };
  const ask = async () => {
    const typed = field.value.trim();
    if (typed.length < 2) { asked = ""; close(); return; }
    if (typed === asked) return;
    asked = typed;
    try {
      const answer = await fetch(`${form.dataset.suggestions}?q=${encodeURIComponent(typed)}`, { credentials: "omit" });
      if (answer.ok && typed === field.value.trim()) show(await answer.json());
    } catch { close(); } // away: the search itself goes on
  };
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 180); });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
  form.addEventListener("keydown", (event) => {
    const links = [field, ...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape" && !list.hidden) { close(); field.focus(); event.preventDefault(); }
    if (list.hidden || at < 0 || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    links[(at + (event.key === "ArrowDown" ? 1 : links.length - 1)) % links.length].focus();
    event.preventDefault();
  });
}

// Before the session ends it is said, and what is typed is laid by on the server. The server alone says how long it
// lasts: another tab may have made it longer, and a clock here may be wrong. Asking is no use of the session,
// and what it is led to is not followed: the page of sign-in says once why the session ended.
{
  const limit = document.getElementById("batas-sesi");
  const part = (name) => limit.querySelector(`[data-${name}]`);
  const words = limit.querySelector("#batas-sesi-kata");
  const WARN = 5 * 60;
  const LAY_BY = 40;
  let ends = 0;
  let isFinal = false;
  let whole = 0;
  let isOver = false;
  let laidBy = null;
  let understood = false;
  let again;
  let typedAt = 0;

  const left = () => Math.round((ends - Date.now()) / 1000);
  const warnsAt = () => Math.min(WARN, Math.floor(whole / 4));

  function take(seconds, final) {
    ends = Date.now() + seconds * 1000;
    isFinal = final;
    whole = Math.max(whole, seconds);
    clearTimeout(again);
    if (seconds > warnsAt() && limit.open && !isOver) limit.close();
    again = setTimeout(look, Math.max(1, left() > warnsAt() ? left() - warnsAt() : left() > LAY_BY ? left() - LAY_BY : left() + 1) * 1000);
  }

  function show(title, said, shown) {
    limit.querySelector("h2").textContent = limit.querySelector("h2").dataset[title];
    words.textContent = said;
    for (const name of ["stay", "close", "again"]) part(name).hidden = !shown.includes(name);
    if (!limit.open) limit.showModal();
  }

  const clock = () => new Date(ends).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });

  // Each form whose text nobody sent lies by on the server, as when it is saved as it is typed.
  async function layBy() {
    const kept = [];
    for (const form of forms()) {
      if (!isChanged(form) || !form.elements.penulis) continue;
      const data = new FormData(form);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      const path = new URL(form.action).pathname;
      const to = `${limit.dataset.aside}?untuk=${encodeURIComponent(path)}&lalu=${encodeURIComponent(path)}`;
      try {
        const answer = await fetch(to, { method: "POST", body: new URLSearchParams(data), headers: { "X-Requested-With": "fetch", "X-Background": "1" }, redirect: "manual" });
        kept.push(answer.ok && (await answer.text()).startsWith("Tersimpan"));
      } catch {
        kept.push(false);
      }
    }
    return kept.length === 0 ? null : kept.every(Boolean);
  }

  function end() {
    isOver = true;
    if (laidBy === null && [...forms()].some(isChanged)) laidBy = false; // it ended while this page slept
    const said = laidBy === null ? words.dataset.ended : laidBy ? words.dataset.kept : words.dataset.unkept;
    if (laidBy) leaving = true; // it lies by: no question before leaving
    show("titleEnded", said, laidBy === false ? ["close", "again"] : ["again"]);
    part(laidBy === false ? "close" : "again").focus();
  }

  async function look() {
    try {
      const answer = await fetch(limit.dataset.ask, { headers: { "X-Background": "1" }, redirect: "manual" });
      if (answer.status >= 500) throw new Error(answer.status); // it comes back
      if (!answer.ok || !answer.headers.get("Content-Type")?.includes("json")) return end();
      const told = await answer.json();
      take(told.left, told.isFinal);
    } catch {
      clearTimeout(again);
      again = setTimeout(look, 20000); // no connection: what is typed stays here
      return;
    }
    if (left() > warnsAt()) {
      understood = false;
      return;
    }
    if (!isFinal && Date.now() - typedAt < WARN * 1000) return stay(); // somebody is typing: no question
    if (left() <= LAY_BY) laidBy = await layBy();
    if (!understood && !limit.open) {
      show("title", (isFinal ? words.dataset.whole : words.dataset.idle).replace("JAM", clock()), isFinal ? ["close"] : ["stay"]);
      part(isFinal ? "close" : "stay").focus();
    }
  }

  async function stay() {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
    try {
      const answer = await fetch(limit.dataset.renew, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" });
      if (answer.status >= 500) throw new Error(answer.status);
      if (!answer.ok) return end();
      const told = await answer.json();
      laidBy = null;
      take(told.left, told.isFinal);
      limit.close();
    } catch {
      look();
    }
  }

  if (limit && window.HTMLDialogElement) {
    part("stay").addEventListener("click", stay);
    part("close").addEventListener("click", () => {
      understood = true;
      limit.close();
    });
    document.addEventListener("input", () => (typedAt = Date.now()));
    limit.addEventListener("cancel", () => (understood = true));
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && left() <= warnsAt() && !isOver) look();
    });
    take(Number(limit.dataset.left), "final" in limit.dataset);
  }
}

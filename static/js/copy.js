/* Copies a text at a button's click: <button data-copy="id of the field" hidden>. Without a script the text is selected by hand. */
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  if (!field || !navigator.clipboard) continue;
  button.hidden = false;
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  status.className = "copied";
  button.after(status);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = "Tersalin.";
    } catch {
      field.select();
      status.textContent = "Tekan Ctrl+C untuk menyalin.";
    }
  });
}

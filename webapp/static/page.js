/* Small comforts of every page; every page works without them. */

// The summary of faults takes the focus, so that a screen reader starts there.
document.querySelector("[data-focus]")?.focus();

// On narrow screens a table becomes a stack of cards: each cell needs its column's name.
for (const table of document.querySelectorAll("table.stack")) {
  const labels = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
  table.setAttribute("role", "table");
  for (const row of table.querySelectorAll("tbody tr")) {
    row.setAttribute("role", "row");
    [...row.children].forEach((cell, place) => {
      cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
      if (labels[place] && cell.tagName === "TD") cell.dataset.label = labels[place];
    });
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A form sent twice by an impatient finger is sent once.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    window.setTimeout(() => delete form.dataset.sent, 5000);
  });
}

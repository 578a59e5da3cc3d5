"use strict";
// The page works without this script. With it, the table of all indicators can be searched, and the
// page says how many of them are shown.
(function () {
  const table = document.getElementById("indicators");
  const choices = document.querySelector(".choices");
  if (!table || !choices) return;
  const rows = Array.from(table.querySelectorAll("tr.entry"));

  const label = document.createElement("label");
  label.className = "search";
  label.append("Search the indicators' names ");
  const search = document.createElement("input");
  search.type = "search";
  label.append(search);
  choices.append(label);

  const count = document.createElement("p");
  count.setAttribute("role", "status");
  choices.after(count);

  function update() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const name = row.querySelector("th").textContent.toLowerCase();
      row.hidden = !words.every((word) => name.includes(word));
    }
    for (const group of table.tBodies) {
      group.hidden = !group.querySelector("tr.entry:not([hidden])");
    }
    const shown = rows.filter((row) => row.getClientRects().length > 0).length;
    count.textContent = `${shown} of ${rows.length} indicators are shown.`;
  }

  choices.addEventListener("change", update);
  search.addEventListener("input", update);
  window.addEventListener("pageshow", update); // the browser may have kept what was typed
})();

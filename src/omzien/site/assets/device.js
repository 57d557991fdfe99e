// What somebody fills in stays in this browser: localStorage, nothing else, and no request at all.

export function memory(key) {
  return {
    load(empty) {
      try {
        return { ...empty, ...JSON.parse(localStorage.getItem(key) || "{}") };
      } catch {
        return empty;
      }
    },
    keep(value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    },
    wipe() {
      try {
        localStorage.removeItem(key);
      } catch {
        // There was nothing that could be kept.
      }
    },
  };
}

const SVG = "http://www.w3.org/2000/svg";

export function drawn(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

// Shows what needs a script, and ties the buttons that both pages have.
export function begin(page, { onWipe }) {
  for (const part of page.querySelectorAll("[data-with-script]")) part.hidden = false;
  page.querySelector("[data-print]").addEventListener("click", () => window.print());
  const said = page.querySelector("[data-said]");
  const asked = page.querySelector(".wipe");
  page.querySelector("[data-wipe]").addEventListener("click", () => {
    onWipe();
    asked.open = false;
    asked.querySelector("summary").focus();
    said.textContent = said.dataset.wiped;
  });
  return function tell(kept) {
    said.textContent = kept ? said.dataset.kept : "";
    page.querySelector("[data-cannot-keep]").hidden = kept;
  };
}

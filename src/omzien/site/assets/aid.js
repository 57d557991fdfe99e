// What matters to me: six sides, each with a number, own words and a wish. Nothing is added up.
import { begin, drawn, memory } from "./device.js";

const page = document.querySelector("[data-aid]");
const store = memory("omzien-aid");
const MIDDLE = 320;
const HIGHEST = 10;
const nothing = () => ({ sides: {}, talk: "" });

const sides = [...page.querySelectorAll("[data-side]")];
const arms = [...page.querySelectorAll(".web__arm")];
const talk = page.querySelector("[data-talk]");
const notFilled = page.querySelector("[data-value]").textContent;
let mine = store.load(nothing());

function answer(side) {
  mine.sides[side.dataset.side] ??= { value: null, words: "", wanted: false };
  return mine.sides[side.dataset.side];
}

function along(arm, value) {
  const share = value / HIGHEST;
  const x = MIDDLE + (Number(arm.dataset.x) - MIDDLE) * share;
  const y = MIDDLE + (Number(arm.dataset.y) - MIDDLE) * share;
  return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
}

function show() {
  const corners = [];
  const dots = page.querySelector("[data-dots]");
  dots.replaceChildren();
  sides.forEach((side, index) => {
    const { value, words, wanted } = answer(side);
    side.querySelector("[data-words-told]").textContent = words;
    const told = page.querySelector(`[data-told="${side.dataset.side}"]`);
    told.querySelector("[data-value]").textContent = value ?? notFilled;
    told.querySelector("[data-wish]").hidden = !wanted;
    if (value === null) return;
    const [cx, cy] = along(arms[index], value);
    corners.push(`${cx},${cy}`);
    dots.append(drawn("circle", { cx, cy, r: 10, class: "web__dot" }));
  });
  // A shape only where all six are there: half a drawing would say something that nobody filled in.
  page.querySelector("[data-shape]").setAttribute("points", corners.length === sides.length ? corners.join(" ") : "");
  page.querySelector("[data-talk-told]").textContent = mine.talk;
  page.toggleAttribute("data-filled", corners.length > 0 || Object.values(mine.sides).some((one) => one.words));
}

function fill() {
  for (const side of sides) {
    const { value, words, wanted } = answer(side);
    for (const step of side.querySelectorAll("[type=radio]")) step.checked = step.value === String(value);
    side.querySelector("[data-words]").value = words;
    side.querySelector("[data-wanted]").checked = wanted;
  }
  talk.value = mine.talk;
  show();
}

function keep() {
  tell(store.keep(mine));
  show();
}

const tell = begin(page, {
  onWipe() {
    store.wipe();
    mine = nothing();
    fill();
  },
});
for (const side of sides) {
  side.addEventListener("input", ({ target }) => {
    if (target.type === "radio") answer(side).value = Number(target.value);
    else if (target.type === "checkbox") answer(side).wanted = target.checked;
    else answer(side).words = target.value;
    keep();
  });
}
talk.addEventListener("input", () => {
  mine.talk = talk.value;
  keep();
});
fill();

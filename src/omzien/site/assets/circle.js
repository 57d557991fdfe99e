// My circle: people in three rings around me, and one small step.
import { begin, drawn, memory } from "./device.js";

const page = document.querySelector("[data-circle]");
const store = memory("omzien-circle");
const nobody = () => ({ people: [], step: "" });
const MIDDLE = 320;
const MOST = 40;
const LONGEST_LABEL = 12;

const find = (name) => page.querySelector(`[data-${name}]`);
const rings = [...page.querySelectorAll("[data-ring]")];
const who = find("who");
const step = find("step");
let mine = store.load(nobody());

function keep() {
  tell(store.keep(mine));
  show();
}

function inRing(ring) {
  return mine.people.filter((person) => person.ring === ring.dataset.ring);
}

function row(person, number) {
  const item = find("person").content.firstElementChild.cloneNode(true);
  for (const place of item.querySelectorAll("[data-name]")) place.textContent = person.name;
  item.querySelector("[data-number]").textContent = number;
  item.querySelector("[data-wish]").hidden = !person.more;
  item.querySelector("[data-remove]").addEventListener("click", () => {
    mine.people = mine.people.filter((other) => other !== person);
    keep();
    who.focus();
  });
  return item;
}

function short(name) {
  return name.length > LONGEST_LABEL ? `${name.slice(0, LONGEST_LABEL - 1)}…` : name;
}

// The top of a ring holds its title: people stand from beside it all the way round, and are drawn
// smaller where many stand in one ring.
function spot(index, count, ring) {
  const angle = ((1 + (4 * (index + 0.5)) / count) / 6) * 2 * Math.PI;
  const distance = Number(ring.dataset.middle);
  const r = Math.min(26, (distance * 2) / count);
  return { x: MIDDLE + distance * Math.sin(angle), y: MIDDLE - distance * Math.cos(angle), r };
}

function figure(person, number, { x, y, r }) {
  const group = drawn("g", { class: person.more ? "rings__person rings__person--more" : "rings__person" });
  group.append(
    drawn("circle", { cx: x, cy: y, r }),
    drawn("text", { x, y, dy: "0.35em" }, String(number)),
    drawn("text", { x, y: y + r + 24, class: "rings__name" }, short(person.name)),
  );
  return group;
}

function show() {
  let number = 0;
  const drawing = find("people");
  drawing.replaceChildren();
  const wishes = [];
  for (const ring of rings) {
    const people = inRing(ring);
    const rows = people.map((person, index) => {
      number += 1;
      drawing.append(figure(person, number, spot(index, people.length, ring)));
      if (person.more) wishes.push(person.name);
      return row(person, number);
    });
    ring.replaceChildren(...rows);
  }
  find("wishes").replaceChildren(
    ...wishes.map((name) => {
      const item = document.createElement("li");
      item.textContent = name;
      return item;
    }),
  );
  find("nobody").hidden = wishes.length > 0;
  find("step-told").textContent = mine.step;
  page.toggleAttribute("data-filled", mine.people.length > 0 || mine.step !== "");
}

function add() {
  const name = who.value.trim();
  find("no-name").hidden = name !== "";
  if (name && mine.people.length < MOST) {
    const ring = page.querySelector("input[name=ring]:checked").value;
    mine.people.push({ name, ring, more: find("more").checked });
    who.value = "";
    find("more").checked = false;
    keep();
  }
  who.focus();
}

const tell = begin(page, {
  onWipe() {
    store.wipe();
    mine = nobody();
    who.value = step.value = "";
    find("more").checked = false;
    show();
  },
});
find("add").addEventListener("click", add);
who.addEventListener("keydown", (event) => {
  if (event.key === "Enter") add();
});
step.value = mine.step;
step.addEventListener("input", () => {
  mine.step = step.value;
  keep();
});
show();

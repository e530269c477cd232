// Lighting: a sentence and the words it came from, or a turn and the sentences drawn from it.
// The map is read from the page once; nothing is asked of the server.

const still = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 55.99rem)");

export class Selection {
  constructor(workspace) {
    this.workspace = workspace;
    this.lit = [];
    this.claim = null;
    this.read();
  }

  // Reads the map, after the page was drawn or drawn anew.
  read() {
    this.sentences = [...this.workspace.querySelectorAll(".sentence")];
    this.turns = [...this.workspace.querySelectorAll(".turn")];
    this.byNumber = new Map(this.sentences.map((row) => [row.dataset.number, row]));
    this.marks = new Map();
    for (const mark of this.workspace.querySelectorAll(".turn .used")) {
      for (const number of mark.dataset.claims.split(" ")) {
        if (!this.marks.has(number)) this.marks.set(number, []);
        this.marks.get(number).push(mark);
      }
    }
    this.lit = [];
    this.rove(this.sentences, this.sentences.find((row) => row.dataset.claim === this.claim));
    this.rove(this.turns);
  }

  get current() {
    return this.sentences.find((row) => row.tabIndex === 0);
  }

  // Makes one of several the one that Tab reaches.
  rove(items, chosen = items.find((item) => item.tabIndex === 0) ?? items[0]) {
    for (const item of items) {
      item.tabIndex = item === chosen ? 0 : -1;
      item.classList.toggle("is-current", item === chosen && item.classList.contains("is-lit"));
      const chip = item.querySelector("a.chip");
      if (chip) chip.tabIndex = item === chosen ? 0 : -1;
    }
  }

  clear() {
    for (const item of this.lit) item.classList.remove("is-lit", "is-current");
    this.workspace.querySelector(".peek")?.remove();
    this.lit = [];
    this.claim = null;
  }

  lightSentence(row, { scroll = true } = {}) {
    this.clear();
    this.claim = row.dataset.claim;
    const marks = this.marks.get(row.dataset.number) ?? [];
    const turns = new Set(marks.map((mark) => mark.closest(".turn")));
    this.light([row, ...marks, ...turns]);
    this.rove(this.sentences, row);
    if (turns.size) this.rove(this.turns, turns.values().next().value);
    if (narrow.matches) peek(row, turns, row.dataset.number);
    else if (scroll && marks.length) bring(marks[0].closest(".turn"));
  }

  lightTurn(turn, { scroll = true } = {}) {
    this.clear();
    const numbers = turn.dataset.claims.split(" ").filter(Boolean);
    const rows = numbers.map((number) => this.byNumber.get(number)).filter(Boolean);
    this.light([turn, ...turn.querySelectorAll(".used"), ...rows]);
    this.rove(this.turns, turn);
    if (rows.length) this.rove(this.sentences, rows[0]);
    if (scroll && rows.length) bring(rows[0]);
    return rows.length;
  }

  light(items) {
    this.lit = items;
    for (const item of items) item.classList.add("is-lit");
  }
}

// Scrolls an element into the middle of its pane, if it is not in sight already. What has the
// focus comes at once, so that it is never hidden; what is only lit may glide.
export function bring(element, { glide = true } = {}) {
  const box = element.getBoundingClientRect();
  const view = element.closest(".pane").getBoundingClientRect();
  const bar = document.querySelector(".signbar")?.getBoundingClientRect();
  const top = Math.max(view.top, 0) + 8;
  const bottom = Math.min(view.bottom, innerHeight, bar?.top ?? innerHeight) - 8;
  if (box.top >= top && box.bottom <= bottom) return;
  const block = box.height > bottom - top ? "start" : "center";
  element.scrollIntoView({ block, behavior: glide && !still.matches ? "smooth" : "instant" });
}

// Where there is room for one pane only, the words stand under their sentence.
function peek(row, turns, number) {
  if (!turns.size) return;
  const box = document.createElement("ul");
  box.className = "peek";
  for (const turn of turns) {
    const line = document.createElement("li");
    const who = document.createElement("p");
    who.className = "peek-who";
    who.textContent = turn.querySelector(".turn-who").textContent.trim().replace(/\s+/g, " ");
    const words = document.createElement("p");
    for (const node of turn.querySelector(".turn-text").childNodes) words.append(node.cloneNode(true));
    for (const mark of words.querySelectorAll(".used")) {
      mark.classList.toggle("is-lit", mark.dataset.claims.split(" ").includes(number));
    }
    line.append(who, words);
    box.append(line);
  }
  row.append(box);
}

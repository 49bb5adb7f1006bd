"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const byId = id => document.getElementById(id);
const map = data.map;

function element(parent, name, attributes = {}, text) {
  return fill(parent.appendChild(document.createElement(name)), attributes, text);
}

function shape(parent, name, attributes = {}, text) {
  return fill(parent.appendChild(document.createElementNS("http://www.w3.org/2000/svg", name)), attributes, text);
}

function fill(node, attributes, text) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

// Round numbers that cover a range, about so many pixels apart.
function ticks([from, to], pixels, spacing) {
  const wanted = (to - from) / Math.max(2, pixels / spacing);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(value => value >= .999 * wanted);
  const result = [];
  for (let i = Math.ceil(from / step); i * step <= to + step * 1e-6; i++) result.push(i * step);
  return result;
}

const number = (value, digits = 4) => value === null ? "–" : String(+value.toPrecision(digits)).replace("-", "−");

function rangeOf(values, margin) {
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const extra = high > low ? margin * (high - low) : 1;
  return [low - extra, high + extra];
}

// Which of the colours a row has, what they are called, and which of them are hidden.
const scaleSteps = 8;
const state = { colour: 0, x: 0, y: 1, hidden: new Set(), current: null };

function colouring() {
  const { categories, values } = map.colours[state.colour];
  if (categories) {
    return {
      of: row => values[row] === null ? -1 : values[row],
      style: index => index < 0 ? "var(--missing)" : `var(--k${index % 10})`,
      names: categories, count: categories.length,
    };
  }
  const sorted = values.filter(value => value !== null).sort((a, b) => a - b);
  const bounds = Array.from({ length: scaleSteps - 1 }, (_, i) => sorted[Math.floor((i + 1) * sorted.length / scaleSteps)]);
  return {
    of: row => values[row] === null ? -1 : bounds.filter(bound => values[row] >= bound).length,
    style: index => index < 0 ? "var(--missing)" : `var(--s${index})`,
    count: scaleSteps, from: sorted[0], middle: sorted[sorted.length >> 1], to: sorted.at(-1),
  };
}

// Rows by colour, the rarest painted last.
function groups(colours, most = Infinity) {
  const every = Math.max(1, Math.ceil(map.names.length / most));
  const result = new Map();
  for (let row = 0; row < map.names.length; row += every) {
    const index = colours.of(row);
    if (state.hidden.has(index)) continue;
    if (!result.has(index)) result.set(index, []);
    result.get(index).push(row);
  }
  return [...result].sort((a, b) => b[1].length - a[1].length);
}

// Dots are lines of no length with round ends: one path for all rows of a colour. Few rows of a kind must not be overlooked.
function paint(host, colours, rows, xOf, yOf, width) {
  for (const [index, members] of rows) {
    const isRare = members.length < map.names.length / 20 && colours.names;
    const path = members.map(row => `M${xOf(row).toFixed(1)} ${yOf(row).toFixed(1)}h0`).join("");
    const dots = shape(host, "path", { class: "dots", "stroke-width": isRare ? 1.4 * width : width, d: path });
    dots.style.setProperty("--colour", colours.style(index));
  }
}

let plot = null;

function drawMap() {
  const host = byId("plot");
  const width = host.clientWidth, height = host.clientHeight;
  if (!width || !height) return; // not laid out yet, or no more
  const [x, y] = [map.axes[state.x], map.axes[state.y]];
  const box = { left: 50, right: width - 10, top: 8, bottom: height - 42 };
  let xRange = rangeOf(x.values, .05), yRange = rangeOf(y.values, .05);
  const isPlane = x.isDimension && y.isDimension;
  if (isPlane) {
    const unit = Math.min((box.right - box.left) / (xRange[1] - xRange[0]), (box.bottom - box.top) / (yRange[1] - yRange[0]));
    const widen = ([from, to], pixels) => [(from + to - pixels / unit) / 2, (from + to + pixels / unit) / 2];
    xRange = widen(xRange, box.right - box.left);
    yRange = widen(yRange, box.bottom - box.top);
  }
  const xAt = value => box.left + (value - xRange[0]) / (xRange[1] - xRange[0]) * (box.right - box.left);
  const yAt = value => box.bottom - (value - yRange[0]) / (yRange[1] - yRange[0]) * (box.bottom - box.top);
  const xOf = row => xAt(x.values[row]), yOf = row => yAt(y.values[row]);

  host.replaceChildren();
  const svg = shape(host, "svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  for (const tick of ticks(xRange, box.right - box.left, 80)) {
    shape(svg, "line", { class: "grid", x1: xAt(tick), x2: xAt(tick), y1: box.top, y2: box.bottom });
    shape(svg, "text", { x: xAt(tick), y: box.bottom + 17, "text-anchor": "middle" }, number(tick));
  }
  for (const tick of ticks(yRange, box.bottom - box.top, 60)) {
    shape(svg, "line", { class: "grid", x1: box.left, x2: box.right, y1: yAt(tick), y2: yAt(tick) });
    shape(svg, "text", { x: box.left - 7, y: yAt(tick) + 4, "text-anchor": "end" }, number(tick));
  }
  shape(svg, "text", { class: "title", x: (box.left + box.right) / 2, y: height - 5, "text-anchor": "middle" }, x.name);
  const upright = `translate(12 ${(box.top + box.bottom) / 2}) rotate(-90)`;
  shape(svg, "text", { class: "title", "text-anchor": "middle", transform: upright }, y.name);
  if (isPlane) {
    const clip = shape(shape(svg, "clipPath", { id: "plot-clip" }), "rect",
      { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top });
    for (const radius of [1, 2]) {
      const circle = { class: "prior", cx: xAt(0), cy: yAt(0), r: xAt(radius) - xAt(0), "clip-path": `url(#${clip.parentNode.id})` };
      shape(shape(svg, "g"), "circle", circle);
    }
  }

  const colours = colouring();
  const rows = groups(colours);
  paint(svg, colours, rows, xOf, yOf, Math.max(3, Math.min(8, 150 / Math.sqrt(map.names.length))));
  const ring = shape(svg, "circle", { class: "ring", r: 6, visibility: "hidden" });
  const shown = rows.flatMap(([, members]) => members);
  plot = { host, xOf, yOf, ring, shown };
  select(shown.includes(state.current) ? state.current : null);
}

function nearest(event) {
  const at = plot.host.getBoundingClientRect();
  let best = null, distance = 24 ** 2;
  for (const row of plot.shown) {
    const squared = (plot.xOf(row) - event.clientX + at.left) ** 2 + (plot.yOf(row) - event.clientY + at.top) ** 2;
    if (squared < distance) [best, distance] = [row, squared];
  }
  return best;
}

function select(row) {
  state.current = row;
  plot.ring.setAttribute("visibility", row === null ? "hidden" : "visible");
  if (row === null) {
    byId("tooltip").hidden = true;
    return;
  }
  fill(plot.ring, { cx: plot.xOf(row), cy: plot.yOf(row) });
}

// What there is to say of a row: its colour first, then what the page was asked to show, then inputs.
function describe(row) {
  const first = map.colours[state.colour];
  const others = map.colours.filter(colour => colour !== first);
  const shown = [first, ...others.filter(colour => !colour.isInput), ...others.filter(colour => colour.isInput)].slice(0, 9);
  return shown.map(({ name, categories, values }) =>
    [name, values[row] === null ? "missing" : categories ? categories[values[row]] : number(values[row], 4)]);
}

function showTooltip(row, x, y) {
  const tooltip = byId("tooltip");
  tooltip.replaceChildren();
  element(tooltip, "b", {}, map.names[row]);
  const table = element(tooltip, "table");
  for (const [name, value] of describe(row)) {
    const line = element(table, "tr");
    element(line, "td", {}, name);
    element(line, "td", {}, value);
  }
  tooltip.hidden = false;
  const { width, height } = tooltip.getBoundingClientRect();
  tooltip.style.left = `${Math.max(4, x + 16 + width > innerWidth ? x - width - 16 : x + 16)}px`;
  tooltip.style.top = `${Math.max(4, Math.min(y + 14, innerHeight - height - 4))}px`;
}

// To the next row in the direction of an arrow key: near, and not far aside.
function move(dx, dy) {
  const from = state.current ?? plot.shown[0];
  let best = null, least = Infinity;
  for (const row of plot.shown) {
    const x = plot.xOf(row) - plot.xOf(from), y = plot.yOf(row) - plot.yOf(from);
    const along = x * dx + y * dy, aside = Math.abs(x * dy + y * dx);
    if (row === from || along <= 0 || along + 2 * aside >= least) continue;
    [best, least] = [row, along + 2 * aside];
  }
  select(state.current === null ? from : best ?? from);
  const at = plot.host.getBoundingClientRect();
  showTooltip(state.current, at.left + plot.xOf(state.current), at.top + plot.yOf(state.current));
  byId("spoken").textContent =
    `${map.names[state.current]}: ${describe(state.current).map(([name, value]) => `${name} ${value}`).join(", ")}`;
}

function drawLegend() {
  const host = byId("legend"), colours = colouring();
  host.replaceChildren();
  if (!colours.names) {
    element(host, "span", { class: "bound" }, number(colours.from));
    const scale = element(host, "span", { class: "scale", role: "img", "aria-label": "colours from low to high values" });
    for (let i = 0; i < scaleSteps; i++) element(scale, "i").style.setProperty("--colour", colours.style(i));
    element(host, "span", { class: "bound" }, `${number(colours.to)} (middle: ${number(colours.middle)})`);
  }
  const used = new Set(map.names.map((_, row) => colours.of(row)));
  const entries = (colours.names ?? []).map((name, index) => [index, name]).filter(([index]) => used.has(index));
  if (used.has(-1)) entries.push([-1, "missing"]);
  for (const [index, name] of entries) {
    const button = element(host, "button", { type: "button", "aria-pressed": "true" });
    element(button, "i").style.setProperty("--colour", colours.style(index));
    button.append(name);
    button.addEventListener("click", () => {
      if (!state.hidden.delete(index)) state.hidden.add(index);
      button.setAttribute("aria-pressed", String(!state.hidden.has(index)));
      drawMap();
      drawPairs();
    });
  }
}

// Every pair of dimensions as a small map, of fewer rows.
function drawPairs() {
  const host = byId("pairs"), size = 140, colours = colouring();
  const dimensions = map.axes.map((axis, index) => ({ axis, index })).filter(({ axis }) => axis.isDimension).slice(0, 5);
  byId("pairs-block").hidden = dimensions.length < 3;
  if (dimensions.length < 3) return;
  host.replaceChildren();
  const rows = groups(colours, 1200);
  dimensions.forEach((y, j) => dimensions.slice(0, j).forEach(x => {
    const chosen = state.x === x.index && state.y === y.index;
    const name = `${x.axis.name.replace("dimension ", "")} × ${y.axis.name.replace("dimension ", "")}`;
    const button = element(host, "button", { type: "button", "aria-pressed": String(chosen), "aria-label": `dimensions ${name}` });
    const svg = shape(button, "svg", { viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true" });
    const at = values => {
      const [from, to] = rangeOf(values, .06);
      return row => (values[row] - from) / (to - from) * size;
    };
    const yAt = at(y.axis.values);
    paint(svg, colours, rows, at(x.axis.values), row => size - yAt(row), 2.4);
    button.append(name);
    button.addEventListener("click", () => {
      [byId("across").value, byId("up").value] = [x.index, y.index];
      choose();
      byId("map").scrollIntoView();
    });
  }));
}

function choose() {
  const colour = Number(byId("colour").value);
  if (colour !== state.colour) state.hidden.clear();
  Object.assign(state, { colour, x: Number(byId("across").value), y: Number(byId("up").value) });
  drawLegend();
  drawMap();
  drawPairs();
}

function controls() {
  const colour = byId("colour");
  map.colours.forEach(({ name, isInput }, index) => {
    const group = isInput ? colour.querySelector("optgroup") ?? element(colour, "optgroup", { label: "Inputs" }) : colour;
    element(group, "option", { value: index }, name);
  });
  for (const [id, chosen] of [["across", 0], ["up", 1]]) {
    map.axes.forEach(({ name }, index) => element(byId(id), "option", { value: index }, name));
    byId(id).value = chosen;
  }
  for (const id of ["colour", "across", "up"]) byId(id).addEventListener("change", choose);

  const host = byId("plot");
  host.addEventListener("pointermove", event => {
    if (!plot) return;
    select(nearest(event));
    if (state.current !== null) showTooltip(state.current, event.clientX, event.clientY);
  });
  host.addEventListener("pointerleave", () => select(null));
  host.addEventListener("blur", () => select(null));
  host.addEventListener("keydown", event => {
    const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key === "Escape") select(null);
    if (!(event.key in directions) || plot.shown.length === 0) return;
    event.preventDefault();
    move(...directions[event.key]);
  });
}

function tiles() {
  for (const { name, value, note } of data.tiles) {
    const tile = element(byId("tiles"), "div");
    element(tile, "dt", {}, name);
    element(tile, "dd", {}, value);
    element(tile, "dd", {}, note);
  }
}

function findings() {
  byId("findings").hidden = data.findings.length === 0;
  for (const { message, isWarning } of data.findings)
    element(byId("findings").querySelector("ul"), "li", isWarning ? { class: "warning" } : {}, message);
}

function dimensions() {
  for (const { name, note, effects } of data.dimensions) {
    const card = element(byId("cards"), "article");
    element(card, "h3", {}, name[0].toUpperCase() + name.slice(1));
    element(card, "p", { class: "note" }, note);
    for (const { name, values, from, to } of effects) {
      const effect = element(card, "div", { class: "effect" });
      element(effect, "b", {}, name);
      const course = element(effect, "div", { class: "course" });
      element(course, "span", {}, from);
      const svg = shape(course, "svg", { viewBox: "0 0 84 22", role: "img", "aria-label": `${name} from ${from} to ${to}` });
      const [low, high] = rangeOf(values, 0);
      const points = values.map((value, i) => [4 + 19 * i, 18 - (value - low) / (high - low) * 14]);
      shape(svg, "path", { d: points.map(([x, y], i) => `${i ? "L" : "M"}${x} ${y.toFixed(1)}`).join("") });
      for (const [cx, cy] of points) shape(svg, "circle", { cx, cy: cy.toFixed(1), r: 2.2 });
      element(course, "span", {}, to);
    }
  }
  byId("other-dimensions").textContent = data.otherDimensions;
}

function unusual() {
  const section = byId("unusual"), table = section.querySelector("table");
  section.hidden = data.unusual.length === 0;
  const hasP = data.unusual.some(row => row.pValue);
  table.className = "stacks";
  const head = element(table.tHead, "tr");
  for (const name of ["Row", "Score", ...(hasP ? ["p-value"] : []), "Why"]) element(head, "th", { scope: "col" }, name);
  for (const row of data.unusual) {
    const line = element(table.tBodies[0], "tr");
    const name = element(line, "td", { class: "name" }, row.name);
    if (row.isAlarm) element(name, "span", { class: "alarm" }, "alarm");
    element(line, "td", { class: "number", "data-name": "score" }, row.score);
    if (hasP) element(line, "td", { class: "number", "data-name": "p-value" }, row.pValue);
    const list = element(element(line, "td"), "ul");
    if (row.reasons.length === 0) element(list, "li", {}, "no single value: the row as a whole is far out");
    for (const reason of row.reasons) element(list, "li", {}, reason);
  }
}

function columns() {
  const table = byId("columns").querySelector("table");
  table.className = "stacks";
  for (const column of data.features) {
    const line = element(table.tBodies[0], "tr");
    element(line, "td", { class: "name" }, column.name);
    element(line, "td", {}, column.kind);
    element(line, "td", { class: "number", "data-name": "typical" }, column.typical);
    element(line, "td", column.missing ? { class: "number", "data-name": "missing" } : {}, column.missing);
    const retained = element(line, "td", { class: "retained" });
    element(element(retained, "span", { class: "track", "aria-hidden": "true" }), "i").style.width = `${100 * column.bar}%`;
    retained.append(column.quality);
    if (column.flag) element(retained, "span", { class: "flag" }, column.flag);
  }
}

for (const [id, text] of [["lead", data.lead], ["map-note", map.note], ["scores-note", data.scores.note],
  ["training-note", data.training], ["footer", data.footer]]) byId(id).textContent = text;
tiles();
findings();
dimensions();
unusual();
columns();
controls();
choose();
new ResizeObserver(drawMap).observe(byId("plot"));

"use strict";

const svgNamespace = "http://www.w3.org/2000/svg";
const byId = id => document.getElementById(id);
const tooltip = byId("tooltip");
const hiddenGroups = new Set();

function element(parent, name, attributes = {}, text) {
  const node = parent.appendChild(document.createElement(name));
  return fill(node, attributes, text);
}

function shape(parent, name, attributes = {}, text) {
  const node = parent.appendChild(document.createElementNS(svgNamespace, name));
  return fill(node, attributes, text);
}

function fill(node, attributes, text) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

// Round numbers that cover a range, about so many pixels apart.
function ticks(from, to, pixels, spacing) {
  const wanted = .8 * (to - from) / Math.max(2, pixels / spacing);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= wanted);
  const result = [];
  for (let t = Math.ceil(from / step) * step; t <= to + step * 1e-6; t += step) result.push(Math.abs(t) < step / 2 ? 0 : t);
  return result;
}

const label = (value, digits = 6) => String(+value.toPrecision(digits)).replace("-", "−");

// An empty chart with axes; the scale functions turn values into pixels.
function frame(host, { x, y, xTitle, yTitle, right = 14, spacing = 80, equal = false }) {
  host.replaceChildren();
  const width = host.clientWidth, height = host.clientHeight;
  const box = { left: 52, right: width - right, top: 10, bottom: height - 40 };
  if (equal) {
    const unit = Math.min((box.right - box.left) / (x[1] - x[0]), (box.bottom - box.top) / (y[1] - y[0]));
    const widen = (range, pixels) => {
      const middle = (range[0] + range[1]) / 2;
      return [middle - pixels / unit / 2, middle + pixels / unit / 2];
    };
    x = widen(x, box.right - box.left);
    y = widen(y, box.bottom - box.top);
  }

  const xOf = value => box.left + (value - x[0]) / (x[1] - x[0]) * (box.right - box.left);
  const yOf = value => box.bottom - (value - y[0]) / (y[1] - y[0]) * (box.bottom - box.top);
  const svg = shape(host, "svg", { role: "img", "aria-label": host.closest("figure").querySelector("h2").textContent });
  const clip = shape(shape(svg, "clipPath", { id: host.id + "-clip" }), "rect",
    { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top });
  for (const tick of ticks(...x, box.right - box.left, spacing)) {
    shape(svg, "line", { class: "grid", x1: xOf(tick), x2: xOf(tick), y1: box.top, y2: box.bottom });
    shape(svg, "text", { x: xOf(tick), y: box.bottom + 17, "text-anchor": "middle" }, label(tick));
  }
  for (const tick of ticks(...y, box.bottom - box.top, spacing)) {
    shape(svg, "line", { class: "grid", x1: box.left, x2: box.right, y1: yOf(tick), y2: yOf(tick) });
    shape(svg, "text", { x: box.left - 8, y: yOf(tick) + 4, "text-anchor": "end" }, label(tick));
  }
  shape(svg, "text", { class: "title", x: (box.left + box.right) / 2, y: box.bottom + 35, "text-anchor": "middle" }, xTitle);
  shape(svg, "text", { class: "title", "text-anchor": "middle", transform: `translate(11 ${(box.top + box.bottom) / 2}) rotate(-90)` }, yTitle);
  const plot = shape(svg, "g", { "clip-path": `url(#${clip.parentNode.id})` });
  return { svg, plot, box, x, y, xOf, yOf, unit: xOf(1) - xOf(0) };
}

// Circle, triangle, square: a cultivar can be told without its colour.
function markPath(cultivar, x, y, r) {
  switch (cultivar) {
    case 0: return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
    case 1: return `M${x} ${y - 1.25 * r}L${x + 1.15 * r} ${y + .8 * r}H${x - 1.15 * r}z`;
    default: return `M${x - .9 * r} ${y - .9 * r}h${1.8 * r}v${1.8 * r}h${-1.8 * r}z`;
  }
}

function markClass(wine) {
  return `mark c${wine.cultivar}${wine.heldOut ? " held" : ""}`;
}

function isVisible(wine) {
  return !hiddenGroups.has(data.cultivars[wine.cultivar]) && !hiddenGroups.has(wine.heldOut ? "held" : "trained");
}

function range(values, margin) {
  const low = Math.min(...values), high = Math.max(...values);
  return [low - margin * (high - low), high + margin * (high - low)];
}

function scatter(host, position, axes, isLatent) {
  const all = data.wines.map(position);
  const chart = frame(host, {
    x: range(all.map(p => p[0]), .08), y: range(all.map(p => p[1]), .08),
    xTitle: axes[0], yTitle: axes[1], spacing: isLatent ? 80 : 36, equal: true,
  });
  const wines = data.wines.filter(isVisible);
  const radius = isLatent ? 5 : 3.6;
  const halos = new Map(), marks = new Map();

  if (isLatent) {
    for (const r of [1, 2])
      shape(chart.plot, "circle", { class: "prior", cx: chart.xOf(0), cy: chart.yOf(0), r: r * chart.unit });
    for (const wine of wines)
      halos.set(wine, shape(chart.plot, "ellipse", {
        class: `halo c${wine.cultivar}`, cx: chart.xOf(wine.mean[0]), cy: chart.yOf(wine.mean[1]),
        rx: wine.deviation[0] * chart.unit, ry: wine.deviation[1] * chart.unit,
      }));
  }
  for (const wine of wines) {
    const [x, y] = position(wine);
    marks.set(wine, shape(chart.plot, "path", { class: markClass(wine), d: markPath(wine.cultivar, chart.xOf(x), chart.yOf(y), radius) }));
  }
  for (const r of isLatent ? [1, 2] : [])
    shape(chart.plot, "text", { class: "over", "text-anchor": "middle", x: chart.xOf(0), y: chart.yOf(-r) + 4 }, `${r}σ`);

  let current = null;
  const select = wine => {
    if (wine === current) return;
    for (const node of [marks.get(current), halos.get(current)]) node?.classList.remove("on");
    for (const node of [marks.get(wine), halos.get(wine)]) node?.classList.add("on");
    if (wine) chart.plot.appendChild(marks.get(wine));
    current = wine;
  };
  chart.svg.addEventListener("pointermove", event => {
    const at = chart.svg.getBoundingClientRect();
    const distance = wine => {
      const [x, y] = position(wine);
      return Math.hypot(chart.xOf(x) - event.clientX + at.left, chart.yOf(y) - event.clientY + at.top);
    };
    const nearest = wines.reduce((best, wine) => !best || distance(wine) < distance(best) ? wine : best, null);
    select(nearest && distance(nearest) < 28 ? nearest : null);
    if (current) showTooltip(event, describe(current)); else hideTooltip();
  });
  chart.svg.addEventListener("pointerleave", () => { select(null); hideTooltip(); });
}

function describe(wine) {
  const shown = ["alcohol", "flavanoids", "color_intensity", "proline"];
  return {
    title: `${data.cultivars[wine.cultivar]}, wine ${wine.number}`,
    rows: [
      ["in training", wine.heldOut ? "no" : "yes"],
      ["mean μ", wine.mean.map(value => label(value, 3)).join(", ")],
      ["deviation σ", wine.deviation.map(value => label(value, 2)).join(", ")],
      ...shown.map(name => [readable(name), label(wine.values[data.measurements.indexOf(name)])]),
    ],
  };
}

const readable = name => name.replace("od280_od315_of_diluted_wines", "OD280/OD315").replaceAll("_", " ");

function losses(host) {
  const epochs = data.epochs;
  const series = [
    { name: "validation", of: e => e.validation, style: "validation", dashed: true },
    { name: "reconstruction", of: e => e.reconstruction, style: "reconstruction" },
    { name: "KL", of: e => e.kullbackLeibler, style: "kl" },
  ].map(s => ({ ...s, points: epochs.filter(e => s.of(e) !== null) })).filter(s => s.points.length > 0);
  const values = series.flatMap(s => s.points.map(s.of));
  const chart = frame(host, {
    x: [1, Math.max(2, epochs.length)], y: [Math.min(0, ...values), Math.max(...values) * 1.04],
    xTitle: "epoch", yTitle: "nats per wine", right: 112, spacing: 60,
  });

  const kept = data.keptEpoch;
  if (kept) {
    shape(chart.svg, "line", { class: "cursor", x1: chart.xOf(kept), x2: chart.xOf(kept), y1: chart.box.top, y2: chart.box.bottom });
    const atRight = chart.xOf(kept) > chart.box.right - 90;
    shape(chart.svg, "text", { x: chart.xOf(kept) + (atRight ? -6 : 6), y: chart.box.top + 12, "text-anchor": atRight ? "end" : "start" }, `epoch ${kept} kept`);
  }

  for (const s of series) {
    const d = s.points.map((e, i) => `${i ? "L" : "M"}${chart.xOf(e.epoch).toFixed(1)} ${chart.yOf(s.of(e)).toFixed(1)}`).join("");
    shape(chart.plot, "path", { class: `curve ${s.style}${s.dashed ? " dashed" : ""}`, d });
  }
  // Names stand at the ends of the lines, moved apart where these are close.
  let lowest = chart.box.top - 10;
  for (const s of [...series].sort((a, b) => b.of(b.points.at(-1)) - a.of(a.points.at(-1)))) {
    lowest = Math.max(lowest + 15, chart.yOf(s.of(s.points.at(-1))) + 4);
    shape(chart.svg, "text", { class: `name ${s.style}`, x: chart.box.right + 8, y: lowest }, s.name);
  }

  const cursor = shape(chart.svg, "g", { visibility: "hidden" });
  const line = shape(cursor, "line", { class: "cursor", y1: chart.box.top, y2: chart.box.bottom });
  const dots = series.map(s => shape(cursor, "circle", { class: `dot ${s.style}`, r: 4 }));
  chart.svg.addEventListener("pointermove", event => {
    const at = chart.svg.getBoundingClientRect();
    const fraction = (event.clientX - at.left - chart.box.left) / (chart.box.right - chart.box.left);
    const epoch = epochs[Math.min(epochs.length - 1, Math.max(0, Math.round(fraction * (epochs.length - 1))))];
    const x = chart.xOf(epoch.epoch);
    fill(line, { x1: x, x2: x });
    series.forEach((s, i) => fill(dots[i], { cx: x, cy: chart.yOf(s.of(epoch) ?? NaN) || -99 }));
    cursor.setAttribute("visibility", "visible");
    showTooltip(event, { title: `Epoch ${epoch.epoch}`, rows: series.map(s => [s.name, s.of(epoch)?.toFixed(2) ?? "–"]) });
  });
  chart.svg.addEventListener("pointerleave", () => { cursor.setAttribute("visibility", "hidden"); hideTooltip(); });
}

function showTooltip(event, { title, rows }) {
  tooltip.replaceChildren();
  element(tooltip, "b", {}, title);
  const table = element(tooltip, "table");
  for (const [name, value] of rows) {
    const row = element(table, "tr");
    element(row, "td", {}, name);
    element(row, "td", {}, value);
  }
  tooltip.hidden = false;
  const { width, height } = tooltip.getBoundingClientRect();
  const left = event.clientX + 16 + width > innerWidth ? event.clientX - width - 16 : event.clientX + 16;
  tooltip.style.left = `${Math.max(4, left)}px`;
  tooltip.style.top = `${Math.max(4, Math.min(event.clientY + 14, innerHeight - height - 4))}px`;
}

function hideTooltip() {
  tooltip.hidden = true;
}

function tiles() {
  const percent = value => `${(100 * value).toFixed(1)} %`;
  const entries = [
    ["k-NN accuracy, VAE", percent(data.accuracy.vae), "on wines it was not trained on"],
    ["k-NN accuracy, PCA", percent(data.accuracy.principalComponents), "the same folds"],
    ["KL", `${data.kullbackLeibler.toFixed(2)} nats`, `${data.activeUnits} of 2 dimensions active`],
    ["Noise scale", data.noiseScale.toFixed(2), "learned, in standard deviations"],
  ];
  for (const [name, value, note] of entries) {
    const tile = element(byId("tiles"), "div");
    element(tile, "dt", {}, name);
    element(tile, "dd", {}, value);
    element(tile, "dd", {}, note);
  }
}

function legend() {
  const entries = [
    ...data.cultivars.map((name, cultivar) => ({ key: name, name, cultivar, heldOut: false })),
    { key: "trained", name: "in training", cultivar: 0, heldOut: false, neutral: true },
    { key: "held", name: "not in training", cultivar: 0, heldOut: true, neutral: true },
  ];
  for (const entry of entries) {
    const button = element(byId("legend"), "button", { type: "button", "aria-pressed": "true" });
    const symbol = shape(button, "svg", { viewBox: "-8 -8 16 16", "aria-hidden": "true" });
    const mark = shape(symbol, "path", { class: markClass(entry), d: markPath(entry.cultivar, 0, 0, 5.5) });
    if (entry.neutral) mark.style.setProperty("--colour", "var(--soft)");
    button.append(entry.name);
    button.addEventListener("click", () => {
      if (!hiddenGroups.delete(entry.key)) hiddenGroups.add(entry.key);
      button.setAttribute("aria-pressed", String(!hiddenGroups.has(entry.key)));
      draw();
    });
  }
}

function features() {
  for (const feature of data.features) {
    element(byId("features"), "span", {}, readable(feature.name));
    const track = element(byId("features"), "span", { class: "track" });
    element(track, "i").style.width = `${100 * Math.min(1, Math.max(0, feature.quality ?? 0))}%`;
    element(byId("features"), "span", { class: "value" }, feature.quality?.toFixed(2).replace("-", "−") ?? "–");
  }
}

function findings() {
  for (const finding of data.findings)
    element(byId("findings"), "li", finding.isWarning ? { class: "warning" } : {}, finding.message);
}

function draw() {
  hideTooltip();
  scatter(byId("latent"), wine => wine.mean, ["latent dimension 1", "latent dimension 2"], true);
  scatter(byId("principal"), wine => wine.principal, ["component 1", "component 2"], false);
  losses(byId("losses"));
}

for (const node of document.querySelectorAll("[data-text]")) node.textContent = data[node.dataset.text];
tiles();
legend();
features();
findings();
new ResizeObserver(draw).observe(document.body);

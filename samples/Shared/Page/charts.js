"use strict";

const svgNamespace = "http://www.w3.org/2000/svg";
const byId = id => document.getElementById(id);
const tooltip = byId("tooltip");

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

function range(values, margin) {
  const low = Math.min(...values), high = Math.max(...values);
  return [low - margin * (high - low), high + margin * (high - low)];
}

// Lines over epochs, with the values under the pointer. A series is { name, style, of, dashed }. Returns what moves the vertical marker.
function curves(host, epochs, series, yTitle, right) {
  series = series.map(s => ({ ...s, points: epochs.filter(e => s.of(e) !== null) })).filter(s => s.points.length > 0);
  const values = series.flatMap(s => s.points.map(s.of));
  const chart = frame(host, {
    x: [1, Math.max(2, epochs.length)], y: [Math.min(0, ...values), Math.max(...values) * 1.04],
    xTitle: "epoch", yTitle, right, spacing: 60,
  });
  const marker = shape(chart.svg, "g", { visibility: "hidden" });
  const markerLine = shape(marker, "line", { class: "cursor", y1: chart.box.top, y2: chart.box.bottom });
  const markerText = shape(marker, "text", { y: chart.box.top + 12 });

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

  const moveDots = (dots, epoch) =>
    series.forEach((s, i) => fill(dots[i], { cx: chart.xOf(epoch.epoch), cy: chart.yOf(s.of(epoch) ?? NaN) || -99 }));
  const cursor = shape(chart.svg, "g", { visibility: "hidden" });
  const line = shape(cursor, "line", { class: "cursor", y1: chart.box.top, y2: chart.box.bottom });
  const dots = series.map(s => shape(cursor, "circle", { class: `dot ${s.style}`, r: 4 }));
  chart.svg.addEventListener("pointermove", event => {
    const at = chart.svg.getBoundingClientRect();
    const fraction = (event.clientX - at.left - chart.box.left) / (chart.box.right - chart.box.left);
    const epoch = epochs[Math.min(epochs.length - 1, Math.max(0, Math.round(fraction * (epochs.length - 1))))];
    fill(line, { x1: chart.xOf(epoch.epoch), x2: chart.xOf(epoch.epoch) });
    moveDots(dots, epoch);
    cursor.setAttribute("visibility", "visible");
    showTooltip(event, { title: `Epoch ${epoch.epoch}`, rows: series.map(s => [s.name, s.of(epoch)?.toFixed(2) ?? "–"]) });
  });
  chart.svg.addEventListener("pointerleave", () => { cursor.setAttribute("visibility", "hidden"); hideTooltip(); });

  const markerDots = series.map(s => shape(marker, "circle", { class: `dot ${s.style}`, r: 4 }));
  return (number, text) => {
    const x = chart.xOf(number), atRight = x > chart.box.right - 90;
    fill(markerLine, { x1: x, x2: x });
    fill(markerText, { x: x + (atRight ? -6 : 6), "text-anchor": atRight ? "end" : "start" }, text);
    moveDots(markerDots, epochs[number - 1]);
    marker.setAttribute("visibility", "visible");
  };
}

// A name, a bar that fills a part of its track, and the value in words.
function bar(host, name, part, text) {
  element(host, "span", {}, name);
  const track = element(host, "span", { class: "track" });
  element(track, "i").style.width = `${100 * Math.min(1, Math.max(0, part))}%`;
  element(host, "span", { class: "value" }, text);
}

function findings(host, lines) {
  for (const finding of lines)
    element(host, "li", finding.isWarning ? { class: "warning" } : {}, finding.message);
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

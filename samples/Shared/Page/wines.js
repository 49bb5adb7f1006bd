const hiddenGroups = new Set();

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

// Wines in the plane. A mark stands where position(wine) says, and move() asks again; describe(wine) fills the tooltip.
function scatter(host, { position, x, y, axes, describe, prior = false, radius = 5, spacing = 80 }) {
  const chart = frame(host, { x, y, xTitle: axes[0], yTitle: axes[1], spacing, equal: true });
  const wines = data.wines.filter(isVisible);
  const marks = new Map();

  for (const r of prior ? [1, 2] : [])
    shape(chart.plot, "circle", { class: "prior", cx: chart.xOf(0), cy: chart.yOf(0), r: r * chart.unit });
  for (const wine of wines)
    marks.set(wine, shape(chart.plot, "path", { class: markClass(wine) }));
  for (const r of prior ? [1, 2] : [])
    shape(chart.plot, "text", { class: "over", "text-anchor": "middle", x: chart.xOf(0), y: chart.yOf(-r) + 4 }, `${r}σ`);

  const move = () => {
    for (const [wine, mark] of marks) {
      const [x, y] = position(wine);
      mark.setAttribute("d", markPath(wine.cultivar, chart.xOf(x), chart.yOf(y), radius));
    }
  };
  move();

  let current = null;
  const select = wine => {
    if (wine === current) return;
    marks.get(current)?.classList.remove("on");
    marks.get(wine)?.classList.add("on");
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
  return { ...chart, move };
}

// Buttons that show and hide wines.
function legend(host, redraw) {
  const entries = [
    ...data.cultivars.map((name, cultivar) => ({ key: name, name, cultivar, heldOut: false })),
    { key: "trained", name: "in training", cultivar: 0, heldOut: false, neutral: true },
    { key: "held", name: "not in training", cultivar: 0, heldOut: true, neutral: true },
  ];
  for (const entry of entries) {
    const button = element(host, "button", { type: "button", "aria-pressed": "true" });
    const symbol = shape(button, "svg", { viewBox: "-8 -8 16 16", "aria-hidden": "true" });
    const mark = shape(symbol, "path", { class: markClass(entry), d: markPath(entry.cultivar, 0, 0, 5.5) });
    if (entry.neutral) mark.style.setProperty("--colour", "var(--soft)");
    button.append(entry.name);
    button.addEventListener("click", () => {
      if (!hiddenGroups.delete(entry.key)) hiddenGroups.add(entry.key);
      button.setAttribute("aria-pressed", String(!hiddenGroups.has(entry.key)));
      redraw();
    });
  }
}

const number = (value, digits = 2) => value.toFixed(digits).replace("-", "−");
const percent = value => `${(100 * value).toFixed(1)} %`;
const principal = {
  title: "PCA", source: "For comparison",
  idea: "No VAE: the two directions of largest variance, in units of the first one's standard deviation.",
  positions: data.principal.positions, summary: data.principal,
};

function thumbnail(host, positions) {
  const half = 3.4, scale = 100 / half;
  const svg = shape(host, "svg", { viewBox: "-100 -100 200 200", "aria-hidden": "true" });
  for (const r of [1, 2]) shape(svg, "circle", { class: "prior", r: r * scale });
  for (const wine of data.wines.filter(isVisible)) {
    const [x, y] = positions.slice(2 * (wine.number - 1), 2 * wine.number).map(value => value / 100 * scale);
    shape(svg, "path", { class: markClass(wine), d: markPath(wine.cultivar, x, -y, 2.6) });
  }
}

function card(run) {
  const node = element(byId("cards"), run.name ? "a" : "div", run.name ? { class: "card", href: `${run.name}.html` } : { class: "card" });
  thumbnail(node, run.positions);
  element(node, "h2", {}, run.title);
  element(node, "span", { class: "source" }, run.source);
  element(node, "p", {}, run.idea);
  const list = element(node, "dl");
  for (const [name, value] of [
    ["k-NN", percent(run.summary.accuracy)],
    ["Silhouette", number(run.summary.silhouette)],
    ["KL", run.kullbackLeibler?.map(nats => number(nats)).join(" + ") ?? "–"],
  ]) {
    element(list, "dt", {}, name);
    element(list, "dd", {}, value);
  }
}

function cards() {
  byId("cards").replaceChildren();
  for (const run of [...data.runs, principal]) card(run);
}

function table(host) {
  const columns = [
    ["Reconstruction", run => number(run.reconstruction)],
    ["KL 1", run => number(run.kullbackLeibler[0])],
    ["KL 2", run => number(run.kullbackLeibler[1])],
    ["Noise scale", run => number(run.noiseScale)],
    ["Active units", run => number(run.summary.activeUnits, 1)],
    ["k-NN accuracy", run => `${percent(run.summary.accuracy)} ± ${number(100 * run.summary.accuracyDeviation, 1)}`],
    ["Silhouette", run => number(run.summary.silhouette)],
    ["log p(x)", run => number(run.summary.logLikelihood)],
  ];
  const first = 4;
  const style = i => i === first ? { class: "line" } : {};
  const head = element(element(host, "thead"), "tr");
  element(head, "th", { scope: "col" }, "Experiment");
  columns.forEach(([name], i) => element(head, "th", { scope: "col", ...style(i) }, name));
  const body = element(host, "tbody");
  for (const run of data.runs) {
    const row = element(body, "tr");
    element(row, "th", { scope: "row" }, run.title);
    columns.forEach(([, of], i) => element(row, "td", style(i), of(run)));
  }
  const row = element(body, "tr");
  element(row, "th", { scope: "row" }, principal.title);
  ["–", "–", "–", "–", "–", percent(principal.summary.accuracy), number(principal.summary.silhouette), "–"]
    .forEach((text, i) => element(row, "td", style(i), text));
}

cards();
legend(byId("legend"), cards);
table(byId("table"));
for (const run of data.runs) {
  const entry = element(byId("diagnoses"), "div");
  element(entry, "h3", {}, run.title);
  findings(element(entry, "ul", { class: "findings" }), run.findings);
}

const last = data.epochs.length;
const framesPerSecond = 12;
let shown = data.frames.length - 1;
let timer = null;
let moveMarks = () => {};
let moveMarker = () => {};

const at = (wine, i) => data.frames[shown].positions[2 * (wine.number - 1) + i] / 100;

function latentScatter(host) {
  // One scale for all epochs, so that what moves is the embedding and not the picture.
  const extent = i => range([-2, 2, ...data.frames.flatMap(frame => frame.positions.filter((_, n) => n % 2 === i).map(value => value / 100))], .04);
  moveMarks = scatter(host, {
    position: wine => [at(wine, 0), at(wine, 1)], x: extent(0), y: extent(1),
    axes: ["latent dimension 1", "latent dimension 2"], describe, prior: true,
  }).move;
}

function describe(wine) {
  return {
    title: `${data.cultivars[wine.cultivar]}, wine ${wine.number}`,
    rows: [["in training", wine.heldOut ? "no" : "yes"], ["mean μ", [0, 1].map(i => label(at(wine, i), 3)).join(", ")]],
  };
}

function losses(host) {
  moveMarker = curves(host, data.epochs, [
    { name: "total", of: e => e.total, style: "validation" },
    { name: "reconstruction", of: e => e.reconstruction, style: "reconstruction" },
    { name: "KL", of: e => e.kullbackLeibler, style: "kl" },
  ], "nats per wine", 108);
}

function readouts({ epoch, noiseScale, silhouette, activeUnits, kullbackLeibler }) {
  const { reconstruction, kullbackLeibler: divergence, total } = data.epochs[epoch - 1];
  const number = value => value.toFixed(2).replace("-", "−");
  byId("readouts").replaceChildren();
  for (const [name, value] of [
    ["Reconstruction", number(reconstruction)], ["KL", number(divergence)], ["Total", number(total)],
    ["Noise scale", number(noiseScale)], ["Active units", `${activeUnits} of 2`], ["Silhouette", number(silhouette)],
  ]) {
    const entry = element(byId("readouts"), "div");
    element(entry, "dt", {}, name);
    element(entry, "dd", {}, value);
  }
  const most = Math.max(1, ...data.frames.flatMap(frame => frame.kullbackLeibler));
  byId("dimensions").replaceChildren();
  kullbackLeibler.forEach((nats, i) => bar(byId("dimensions"), `KL of dimension ${i + 1}`, nats / most, number(nats)));
}

function show(frame) {
  shown = Math.min(data.frames.length - 1, Math.max(0, frame));
  const { epoch } = data.frames[shown];
  byId("slider").value = shown;
  byId("slider").setAttribute("aria-valuetext", `epoch ${epoch} of ${last}`);
  byId("epoch").textContent = `Epoch ${epoch}`;
  moveMarks();
  moveMarker(epoch, `epoch ${epoch}`);
  readouts(data.frames[shown]);
  for (const link of byId("runs").children) link.hash = `epoch=${epoch}`;
}

// The address names the epoch (#epoch=40), so that a picture of it can be linked to; the nearest frame before it is shown.
function showAddressed() {
  const epoch = Number(/epoch=(\d+)/.exec(location.hash)?.[1] ?? last);
  show(data.frames.findLastIndex(frame => frame.epoch <= epoch));
}

function showChosen(frame) {
  show(frame);
  history.replaceState(null, "", `#epoch=${data.frames[shown].epoch}`);
}

function play(start) {
  clearInterval(timer);
  timer = start ? setInterval(() => shown < data.frames.length - 1 ? show(shown + 1) : play(false), 1000 / framesPerSecond) : null;
  byId("play").textContent = start ? "❚❚ Pause" : "▶ Play";
  if (!start) showChosen(shown);
}

function draw() {
  hideTooltip();
  latentScatter(byId("latent"));
  losses(byId("losses"));
  show(shown);
}

for (const node of document.querySelectorAll("[data-text]")) node.textContent = data[node.dataset.text];
for (const { name, title } of data.links)
  element(byId("runs"), "a", name === data.name ? { href: `${name}.html`, "aria-current": "page" } : { href: `${name}.html` }, title);
legend(byId("legend"), draw);
findings(byId("findings"), data.findings);
byId("slider").max = data.frames.length - 1;
byId("slider").addEventListener("input", event => {
  if (timer) play(false);
  showChosen(Number(event.target.value));
});
byId("play").addEventListener("click", () => {
  if (!timer && shown === data.frames.length - 1) show(0);
  play(!timer);
});
addEventListener("hashchange", showAddressed);
showAddressed();
byId("play").textContent = "▶ Play";
new ResizeObserver(draw).observe(document.body);

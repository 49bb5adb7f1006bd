function latentScatter(host) {
  const coordinate = i => range(data.wines.map(wine => wine.mean[i]), .08);
  scatter(host, {
    position: wine => wine.mean, x: coordinate(0), y: coordinate(1),
    axes: ["latent dimension 1", "latent dimension 2"], describe, prior: true, halo: true,
  });
}

function principalScatter(host) {
  const coordinate = i => range(data.wines.map(wine => wine.principal[i]), .08);
  scatter(host, {
    position: wine => wine.principal, x: coordinate(0), y: coordinate(1),
    axes: ["component 1", "component 2"], describe, radius: 3.6, spacing: 36,
  });
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
  const mark = curves(host, data.epochs, [
    { name: "validation", of: e => e.validation, style: "validation", dashed: true },
    { name: "reconstruction", of: e => e.reconstruction, style: "reconstruction" },
    { name: "KL", of: e => e.kullbackLeibler, style: "kl" },
  ], "nats per wine", 112);
  if (data.keptEpoch) mark(data.keptEpoch, `epoch ${data.keptEpoch} kept`);
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

function features() {
  for (const { name, quality } of data.features)
    bar(byId("features"), readable(name), quality ?? 0, quality?.toFixed(2).replace("-", "−") ?? "–");
}

function draw() {
  hideTooltip();
  latentScatter(byId("latent"));
  principalScatter(byId("principal"));
  losses(byId("losses"));
}

for (const node of document.querySelectorAll("[data-text]")) node.textContent = data[node.dataset.text];
tiles();
legend(byId("legend"), draw);
features();
findings(byId("findings"), data.findings);
new ResizeObserver(draw).observe(document.body);

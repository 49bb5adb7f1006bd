// node onnx.js FOLDER MODEL: runs FOLDER/MODEL.onnx with onnxruntime-node on the tensors of FOLDER/MODEL.json, and writes each output as
// little-endian floats to FOLDER/MODEL.OUTPUT.
const fs = require('fs');
const path = require('path');
const [folder, model] = process.argv.slice(2);
const ort = require(path.join(folder, 'node_modules', 'onnxruntime-node'));

async function main() {
  const inputs = {};
  for (const { name, dimensions, values } of JSON.parse(fs.readFileSync(path.join(folder, `${model}.json`)))) {
    inputs[name] = new ort.Tensor('float32', Float32Array.from(values, value => value ?? NaN), dimensions);
  }
  const session = await ort.InferenceSession.create(path.join(folder, `${model}.onnx`));
  const outputs = await session.run(inputs);
  for (const name of session.outputNames) {
    const data = outputs[name].data;
    fs.writeFileSync(path.join(folder, `${model}.${name}`), Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  }
}

main().catch(error => { console.error(error); process.exit(1); });

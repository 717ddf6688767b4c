// Prints what TensorFlow.js itself computes, as TOML for values.toml.
//
//   npm install @tensorflow/tfjs@4.22.0 @vladmandic/human@3.3.6
//   node tfjs_values.js node_modules/@vladmandic/human/models

const fs = require('fs')
const path = require('path')
const tf = require('@tensorflow/tfjs')

const folder = process.argv[2]
const mean = [123.68, 116.779, 103.939]
// Every how many-th value of an output is kept; prime to the coordinates of a
// point, so that each has its turn.
const models = [
  ['face-detection', 'blazeface', 256, (p) => p / 127.5 - 1, { Identity: 7, Identity_1: 7, Identity_2: 127, Identity_3: 127 }],
  ['face-mesh', 'facemesh', 192, (p) => p / 255, { Identity_2: 23, Identity_1: 1 }],
  ['iris', 'iris', 64, (p) => p / 255, { Identity: 7 }],
  ['face-embedding-b', 'faceres', 224, (p, channel) => p - mean[channel], { 'global_pooling/Mean': 5 }],
]

// The test picture: the same formula as in models.rs.
function pixel(channel, y, x) {
  return (x * (3 + channel) + y * (5 + 2 * channel) + Math.floor((x * y) / 7)) % 256
}

async function run([role, file, side, normalise, outputs]) {
  const graph = JSON.parse(fs.readFileSync(path.join(folder, `${file}.json`)))
  const weights = fs.readFileSync(path.join(folder, `${file}.bin`))
  const start = weights.byteOffset
  const artifacts = {
    ...graph,
    weightSpecs: graph.weightsManifest.flatMap((group) => group.weights),
    weightData: weights.buffer.slice(start, start + weights.length),
  }
  const model = await tf.loadGraphModel({ load: async () => artifacts })
  const picture = new Float32Array(side * side * 3)
  for (let i = 0; i < picture.length; i++) {
    const [channel, place] = [i % 3, Math.floor(i / 3)]
    picture[i] = normalise(pixel(channel, Math.floor(place / side), place % side), channel)
  }
  const names = Object.keys(outputs)
  const results = model.execute(tf.tensor4d(picture, [1, side, side, 3]), names)
  for (const [i, tensor] of [results].flat().entries()) {
    const all = tensor.dataSync()
    const step = outputs[names[i]]
    const values = [...all].filter((_, at) => at % step === 0)
    console.log(`[[output]]\nrole = "${role}"\nname = "${names[i]}"`)
    console.log(`shape = [${tensor.shape.join(', ')}]`)
    console.log(`step = ${step}\nvalues = [${values.map((v) => v.toPrecision(9)).join(', ')}]\n`)
  }
}

models.reduce((before, model) => before.then(() => run(model)), Promise.resolve())

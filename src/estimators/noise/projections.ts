/**
 * Inner products of each of `count` noise samples with each direction, in float64.
 * @param normals count x d. @param directions m x d. @returns count x m.
 */
export function project(
  normals: Float32Array | Float64Array,
  directions: Float32Array,
  inputLength: number,
): Float64Array {
  const count = normals.length / inputLength;
  const m = directions.length / inputLength;
  const result = new Float64Array(count * m);
  for (let i = 0; i < count; i++) {
    const from = i * inputLength;
    for (let k = 0; k < m; k++) {
      const row = k * inputLength;
      let sum = 0;
      for (let j = 0; j < inputLength; j++) {
        sum += (normals[from + j] as number) * (directions[row + j] as number);
      }
      result[i * m + k] = sum;
    }
  }
  return result;
}

/** The paper that the theory is from, as estimators cite it. */
export const PAPER =
  'Han, Srinivas, Lakkaraju: Characterizing Data Point Vulnerability via Average-Case Robustness, UAI 2024';

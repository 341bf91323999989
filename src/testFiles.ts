/** Whether a file tests others: what it builds is small, and its values are chosen to be checked. */
export const isTest = (file: string): boolean =>
  /(^|\/)(tests?\/|test_[^/]*$|[^/]*_test\.py$|conftest\.py$)/.test(file);

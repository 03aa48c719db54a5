/** Starts the console line with which the suite in the extension host reports one test as JSON. */
export const resultMark = '#longshore-test ';

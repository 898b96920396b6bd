/** Errors in the reader's words. */
export { faultsStore, reportFault } from './faults.ts'
export { fieldReasons } from './fields'
export { type ProblemWords, problemText } from './problem-text'
export { useProblemText } from './useProblemText'
export { useReasonText } from './useReasonText'

/** The first visit: founding the company and its first administrator. */
export { setUpRoute } from './routes'
export { Welcome } from './Welcome'

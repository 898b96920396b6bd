/** The place where the company is administered: its menu, and what stands in it. */
export { mayAdminister } from './may-administer'
export { administrationRoute, administrationSectionRoute } from './routes'

/** Times as people read them. */
export { clockTime, dateText, dayLabel, daysBetween, fullTime, listTime } from './formats'
export { useToday } from './today'
export { idDate, type Times, useTimes } from './useTimes'

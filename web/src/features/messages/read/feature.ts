import type { Feature } from '@/log'
import { readers } from '../timeline/message/Readers'
import { readMarks } from './read-marks'

/** How far I have read, and who has read what I said. */
export const feature: Feature = { companions: [readMarks], parts: [readers.load] }

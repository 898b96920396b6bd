/** Calling who looks elsewhere: by the system's notifications, by a sound, on the icon. */
export { chime } from './chime'
export { askPermission, type Permission, permissionStore } from './permission'
export { QuestionBar } from './QuestionBar'
export { type QuietChoice, quietChoices, untilEnded, useQuietUntil } from './quiet'

/** What a person sets for themselves. */

export { settingsRoute, settingsSectionRoute } from './routes'
export { type SettingsEntry, settings } from './slots'
export { usePreferenceChange, usePreferences } from './usePreferences'

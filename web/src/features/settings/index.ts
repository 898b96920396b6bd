/** What a person sets for themselves. */
export { settingsRoute, settingsSectionRoute } from './routes'
export { usePreferenceChange, usePreferences } from './usePreferences'

/** Classes whose objects say how a model is built: `GPTConfig`, `TrainArgs`. */
const CONFIGURATION = /(config|configuration|args|arguments|h?params|options|settings)$/i;

export const isConfigurationName = (name: string): boolean => CONFIGURATION.test(name);

export { {{camel}}Service } from './{{name}}.module';

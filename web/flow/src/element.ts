import "./flow";

export { BonafideFlow } from "./flow";

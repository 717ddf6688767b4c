<<<<<<< HEAD
import"./assets/flow--ZD1FIGR.js";
=======
import"./assets/flow-yoMQw9Og.js";
>>>>>>> web2

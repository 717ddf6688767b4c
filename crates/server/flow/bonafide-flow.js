<<<<<<< HEAD
import"./assets/flow-BgzMfB95.js";
=======
import"./assets/flow-BlPIkHoD.js";
>>>>>>> live

"""keras.callbacks."""

from _keras.inert import Inert as Callback
from _keras.inert import inert_class

EarlyStopping, ModelCheckpoint, TensorBoard = inert_class("EarlyStopping"), inert_class("ModelCheckpoint"), inert_class("TensorBoard")
ReduceLROnPlateau, LearningRateScheduler = inert_class("ReduceLROnPlateau"), inert_class("LearningRateScheduler")
CSVLogger, LambdaCallback, History = inert_class("CSVLogger"), inert_class("LambdaCallback"), inert_class("History")
TerminateOnNaN, BackupAndRestore, ProgbarLogger = inert_class("TerminateOnNaN"), inert_class("BackupAndRestore"), inert_class("ProgbarLogger")

"""Prints what dlib itself computes, as TOML for values.toml.

pip install dlib-bin==20.0.1.post1
python dlib_values.py dlib_face_recognition_resnet_model_v1.dat
"""

import sys

import dlib
import numpy as np

# The test picture: the same formula as in models.rs.
y, x, channel = np.mgrid[0:150, 0:150, 0:3]
picture = ((x * (3 + channel) + y * (5 + 2 * channel) + x * y // 7) % 256).astype(np.uint8)

model = dlib.face_recognition_model_v1(sys.argv[1])
values = list(model.compute_face_descriptor(picture))[::3]
print('[[output]]\nrole = "face-embedding-a"\nname = "embedding"\nshape = [1, 128]\nstep = 3')
print(f"values = [{', '.join(f'{value:.9g}' for value in values)}]\n")
